from django.urls import path

from prosjekter.views import deltakelse, hjelp, invitasjon

urlpatterns = [
    path("hjelp/<uuid:nokkel>/", hjelp.hjelp, name="hjelp"),
    path("<slug:slug>/invitasjon/", invitasjon.invitasjon, name="invitasjon"),
    path("<slug:slug>/invitasjon/<int:pk>/trekk/", deltakelse.trekk_invitasjon, name="trekk_invitasjon"),
    path("<slug:slug>/deltakelse/", deltakelse.deltakelse, name="deltakelse"),
    path("<slug:slug>/deltakelse/person/", hjelp.inviter_person, name="inviter_person"),
    path("<slug:slug>/deltakelse/person/<int:pk>/", hjelp.avslutt_hjelp, name="avslutt_hjelp"),
    path("<slug:slug>/deltakelse/organisasjon/", deltakelse.legg_til_som_ks, name="legg_til_som_ks"),
    path("<slug:slug>/deltakelse/slutt/", deltakelse.gi_fra_seg, name="gi_fra_seg"),
    path("<slug:slug>/overta/<slug:slag>/", deltakelse.be_om_overtakelse, name="be_om_overtakelse"),
    path("<slug:slug>/overtakelse/<int:pk>/", deltakelse.overtakelse, name="overtakelse"),
]

"""Every address of the portal: what an anonymous visitor gets, and how to fill in its parts.

A new address is written in here, in one of the three groups, when it is made.
"""

from django.urls import URLResolver, get_resolver, reverse

# Open to all. The status is for the rows `verden` makes.
AAPNE = {
    "forside": 200,
    "prosjekter:liste": 200,
    "prosjekter:nye": 200,
    "prosjekter:eksport": 200,
    "prosjekter:prosjekt": 200,
    "prosjekter:gjenbruk": 200,
    "prosjekter:gjenbrukstre": 200,
    "prosjekter:gjenbrukspakke": 200,
    "prosjekter:saksframlegg": 200,
    "prosjekter:saksframlegg_docx": 302,
    "prosjekter:sjekkliste": 200,
    "prosjekter:bilde": 200,
    "prosjekter:vedlegg": 200,
    "prosjekter:laering": 200,
    "laering:liste": 200,
    "laering:feed": 200,
    "laering:eksport": 200,
    "laering:kort": 200,
    "eksperimenter:liste": 200,
    "eksperimenter:feed": 200,
    "eksperimenter:eksport": 200,
    "prosjekter:eksperimenter": 200,
    "prosjekter:eksperiment": 200,
    "missions:liste": 200,
    "missions:samfunnsutfordring": 200,
    "missions:hovedprosjekt": 200,
    "missions:alle_utfordringer": 301,
    "missions:alle_hovedprosjekter": 301,
    "missionside": 200,
    "initiativer:liste": 200,
    "initiativer:initiativ": 200,
    "utfordringer:liste": 200,
    "utfordringer:nye": 200,
    "utfordringer:utfordring": 200,
    "barrierer:liste": 200,
    "barrierer:nye": 200,
    "barrierer:eksport": 200,
    "barrierer:regel": 200,
    "prosjekter:barrierer": 200,
    "prosjekter:barriere": 200,
    "kommuner:liste": 200,
    "kommuneside": 200,
    "temaer": 200,
    "tema": 200,
    "fylker": 200,
    "fylkesside": 200,
    "sammenlign_kommuner": 200,
    "sammenlign_prosjekter": 200,
    "partnere:liste": 200,
    "partnerside": 200,
    "organisasjoner:invitasjon": 404,
    "prosjekter:stemmer": 404,
    "abonnement:ny": 200,
    "abonnement:sendt": 200,
    "abonnement:ny_barrierer": 200,
    "abonnement:sendt_barrierer": 200,
    "abonnement:slettet": 200,
    "abonnement:bekreft": 404,
    "abonnement:stopp": 404,
    "abonnement:styr": 404,
    "stopp_varsler": 404,
    "abonnement:angre": 405,
    "abonnement:slett": 405,
    "abonnement:prov_igjen": 405,
    "abonnement:endre": 405,
    "sok": 200,
    "sokeforslag": 200,
    "om": 200,
    "tilgjengelighet": 200,
    "personvern": 200,
    "kontakt": 200,
    "nettkart": 200,
    "nettkart_del": 200,
    "robots": 200,
    "ikon": 302,
    "helse_live": 200,
    "helse_klar": 200,
    "account_login": 200,
    "account_request_login_code": 200,
    "account_confirm_login_code": 302,
    "account_logout": 302,
    "account_inactive": 200,
}
# Sends an anonymous visitor to sign in.
KREVER_INNLOGGING = {
    "minside",
    "mitt_gjenbruk",
    "min_laering",
    "mine_data",
    "varsler",
    "slett_meg",
    "profil:navn",
    "abonnement:mine",
    "avslutt_medlemskap",
    "prosjekter:ny",
    "prosjekter:ligner",
    "prosjekter:samspill",
    "prosjekter:samspill_svar",
    "prosjekter:meld_samspill",
    "prosjekter:ta_ned_samspill",
    "prosjekter:legg_tilbake_samspill",
    "initiativer:ny",
    "initiativer:rediger",
    "initiativer:endringer",
    "prosjekter:rediger",
    "prosjekter:rediger_seksjon",
    "prosjekter:autolagre",
    "prosjekter:forkast_utkast",
    "prosjekter:forhandsvis",
    "prosjekter:avslutt",
    "prosjekter:send_inn",
    "prosjekter:gjor",
    "prosjekter:slett",
    "prosjekter:bekreft",
    "prosjekter:historikk",
    "prosjekter:legg_til_deltaker",
    "prosjekter:avslutt_deltakelse",
    "prosjekter:foresla_mission",
    "prosjekter:trekk_forslag",
    "prosjekter:ko",
    "sok_uten_treff",
    "prosjekter:sak",
    "prosjekter:avgjor",
    "prosjekter:forslag",
    "prosjekter:ta_ned",
    "prosjekter:bruk",
    "prosjekter:kontakt_prosjekt",
    "prosjekter:meld_gjenbruk",
    "prosjekter:meld_henvendelse",
    "prosjekter:innholdsmeldinger",
    "prosjekter:oppgi_ekstern",
    "prosjekter:rediger_gjenbruk",
    "prosjekter:svar_gjenbruk",
    "prosjekter:gjenbrukshistorikk",
    "prosjekter:filer",
    "prosjekter:nytt_bilde",
    "prosjekter:nytt_vedlegg",
    "prosjekter:ny_lenke",
    "prosjekter:meld_fil",
    "prosjekter:rediger_fil",
    "prosjekter:flytt_fil",
    "prosjekter:slett_fil",
    "prosjekter:ta_ned_fil",
    "prosjekter:legg_tilbake_fil",
    "prosjekter:ta_ned_gjenbruk",
    "prosjekter:legg_tilbake_gjenbruk",
    "prosjekter:fjern_pastand",
    "prosjekter:ny_laering",
    "prosjekter:rediger_laering",
    "prosjekter:slett_laering",
    "prosjekter:laeringshistorikk",
    "laering:nyttig",
    "laering:trekk_nyttig",
    "laering:meld",
    "laering:ta_ned",
    "laering:legg_tilbake",
    "prosjekter:ny_barriere",
    "prosjekter:rediger_barriere",
    "prosjekter:trekk_barriere",
    "prosjekter:meld_barriere_igjen",
    "prosjekter:barrierehistorikk",
    "prosjekter:meld_barriere",
    "prosjekter:behandle_barriere",
    "prosjekter:ta_ned_barriere",
    "prosjekter:legg_tilbake_barriere",
    "barrierer:ko",
    "barrierer:rediger_regel",
    "prosjekter:nytt_eksperiment",
    "prosjekter:rediger_eksperiment",
    "prosjekter:hva_skjedde",
    "prosjekter:eksperimenthistorikk",
    "prosjekter:trekk_eksperiment",
    "prosjekter:ta_ned_eksperiment",
    "prosjekter:legg_tilbake_eksperiment",
    "prosjekter:meld_eksperiment",
    "missions:ny",
    "missions:ny_utfordring",
    "missions:nytt_hovedprosjekt",
    "missions:rediger",
    "missions:historikk",
    "missions:publiser",
    "missions:skjul",
    "missions:rediger_utfordring",
    "missions:utfordring_historikk",
    "missions:rediger_hovedprosjekt",
    "missions:hovedprosjekt_historikk",
    "prosjekter:invitasjon",
    "prosjekter:trekk_invitasjon",
    "prosjekter:deltakelse",
    "prosjekter:inviter_person",
    "prosjekter:hjelp",
    "prosjekter:avslutt_hjelp",
    "prosjekter:legg_til_som_ks",
    "prosjekter:gi_fra_seg",
    "prosjekter:be_om_overtakelse",
    "prosjekter:overtakelse",
    "utfordringer:ny",
    "utfordringer:ko",
    "utfordringer:terskel",
    "utfordringer:rediger",
    "utfordringer:publiser",
    "utfordringer:slett",
    "utfordringer:endringer",
    "utfordringer:skriv_under",
    "utfordringer:trekk",
    "utfordringer:behandle",
    "utfordringer:sett",
    "utfordringer:start",
    "utfordringer:knytt",
    "utfordringer:losne",
    "organisasjoner:finn",
    "organisasjoner:styr",
    "organisasjoner:bli_med",
    "organisasjoner:inviter",
    "organisasjoner:innstillinger",
    "organisasjoner:rolle",
    "organisasjoner:godkjenn",
    "organisasjoner:avsla",
    "organisasjoner:trekk_soknad",
    "organisasjoner:send_invitasjon",
    "organisasjoner:trekk_invitasjon",
}
ANONYM = AAPNE | dict.fromkeys(KREVER_INNLOGGING, 302)


def navngitte(resolver=None, prefiks="", arvet=()):
    """(`room:name`, names of its parts) of every address. The admin's many are tested as one."""
    for monster in (resolver or get_resolver()).url_patterns:
        deler = (*arvet, *monster.pattern.converters)
        if isinstance(monster, URLResolver):
            rom = f"{prefiks}{monster.namespace}:" if monster.namespace else prefiks
            if rom != "admin:":
                yield from navngitte(monster, rom, deler)
        else:
            yield f"{prefiks}{monster.name}", deler


def adresse_til(navn, verden):
    deler = dict(navngitte())[navn]
    return reverse(navn, kwargs={del_: _verdi(navn, del_, verden) for del_ in deler})


def _verdi(navn, del_, verden):
    if del_ == "pk" and ("gjenbruk" in navn or navn == "prosjekter:fjern_pastand"):
        return verden.gjenbruk.pk
    if navn == "prosjekter:bilde":
        return {"slug": verden.prosjekt.slug, "pk": verden.bilde.pk, "navn": f"{verden.bilde.merke}-100.webp"}[del_]
    if navn == "prosjekter:vedlegg" and del_ == "pk":
        return verden.vedlegg.pk
    if navn.endswith("_fil") and del_ in ("pk", "slag"):
        return {"pk": verden.vedlegg.pk, "slag": "vedlegg"}[del_]
    if del_ == "pk" and "laering" in navn:
        return verden.laering.pk
    if del_ == "pk" and "barriere" in navn:
        return verden.barriere.pk
    if del_ == "pk" and ("eksperiment" in navn or navn == "prosjekter:hva_skjedde"):
        return verden.eksperiment.pk
    if navn == "tema":
        return "helse-omsorg"
    if navn == "fylkesside":
        return verden.kommune.fylke.nummer
    fast = {
        "pk": 1,
        "seksjon": "om",
        "navn": "send_inn",
        "handling": "publiser",
        "section": "prosjekter",
        "hemmelighet": "finnes-ikke",
        "merke": "finnes-ikke",
        "nokkel": "00000000-0000-4000-8000-000000000000",
        "nummer": verden.kommune.nummer,
    }
    if del_ in fast:
        return fast[del_]
    rom = navn.partition(":")[0]
    if rom == "barrierer":
        return verden.barriere.regel.slug
    if rom == "initiativer":
        return verden.initiativ.slug
    if rom == "utfordringer":
        return verden.utfordring.slug
    if rom == "missions" and "utfordring" in navn:
        return verden.mission.samfunnsutfordring.slug
    if rom == "missions" and "hovedprosjekt" in navn:
        return verden.hovedprosjekt.slug
    if rom in ("missions", "missionside"):
        return verden.mission.slug
    if rom == "prosjekter":
        return verden.prosjekt.slug
    return verden.partner.slug if rom == "partnerside" else verden.organisasjon.slug

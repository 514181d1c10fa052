"""Other words people use for a topic, for search and suggestions.

The code lists name eleven service areas; a teacher types «skole». Beside each code stand words that mean it and are not
in its name already. Inflections, compounds and nynorsk follow by themselves (sok.analyse).
"""

OGSAA_KALT = {
    "helse_omsorg": "sykehjem hjemmetjeneste lege legevakt pleie demens velferdsteknologi folkehelse psykisk rus",
    "oppvekst_utdanning": "skole barnehage sfo elev lærer barnevern læring frafall skolefravær ppt",
    "sosial_velferd": "nav sosialhjelp fattigdom levekår utenforskap integrering",
    "kultur_fritid": "bibliotek idrett museum frivillighet ungdomsklubb friluftsliv",
    "teknisk_plan": "vann avløp vei bygg byggesak renovasjon avfall arealplan reguleringsplan brannvesen drift",
    "klima_miljo": "utslipp natur naturmangfold energi flom overvann klimatilpasning sirkulær ombruk gjenbruk bærekraft",
    "naering_arbeid": "næringsliv jobb sysselsetting landbruk havbruk reiseliv bedrift rekruttering",
    "bolig_stedsutvikling": "hus bosted sentrum nabolag nærmiljø byutvikling tettsted boligmangel",
    "samferdsel": "transport buss kollektivtrafikk sykkel mobilitet ferge skyss trafikk",
    "administrasjon_styring": "økonomi ledelse innkjøp anskaffelse arkiv hr sykefravær digitalisering budsjett ki",
    "demokrati": "medvirkning innbyggerdialog folkestyre valg borgerpanel tillit åpenhet",
    "barn": "barnehage småbarn",
    "ungdom": "tenåring unge videregående",
    "unge_voksne": "student lærling",
    "eldre": "senior gamle pensjonist demens",
    "familier": "foreldre",
    "personer_utenfor_arbeid": "ledig ufør nav",
    "innvandrere": "flyktning integrering minoritet språk introduksjonsprogram",
    "personer_med_funksjonsnedsettelse": "funksjonshemming universell utforming bpa nedsatt",
    "parorende": "etterlatte nærmeste",
    "ansatte": "medarbeider turnus sykefravær bemanning",
    "naeringsliv": "bedrift gründer",
    "tjenestedesign": "design innsikt brukerbehov",
    "samskaping": "medvirkning",
    "innovativ_anskaffelse": "innkjøp leverandør",
    "forsok_med_regelverk": "forsøksloven frikommune regulatorisk sandkasse",
    "dataanalyse": "statistikk ki kunstig intelligens",
    "scenario_framsyn": "framtid fremtid",
    "eksperiment": "forsøk prøve",
}

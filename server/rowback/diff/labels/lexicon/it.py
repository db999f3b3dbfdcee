"""Italian."""

from rowback.diff.labels.lexicon.entries import Lexicon, compound, numbers, opening, words

LANGUAGE = "it"
LEXICON = Lexicon(
    frequent=words(
        "il lo la gli le di del della dei delle e è che un una con per in nel nella si sono non ha come più ma anche "
        "da dal "
        "dalla al alla questo questa suo sua stato l dell"
    ),
    numbers=numbers(
        "zero=0 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 tredici=13 "
        "quattordici=14 quindici=15 sedici=16 diciassette=17 diciotto=18 diciannove=19 venti=20 trenta=30 quaranta=40 "
        "cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90 milioni=milione miliardi=miliardo mila=mille "
        "mln=milione mld=miliardo terza=terzo quarta=quarto quinto=5 quinta=5 sesto=6 sesta=6 settimo=7 settima=7 ottavo=8 "
        "ottava=8 decimo=10 decima=10",
        "cento centinaia mille migliaia milione miliardo dozzina metà terzo quarto doppio triplo decine",
    ),
    negations=words(
        "non mai niente nulla nessuno nessuna nessun né senza nega negato negano smentito smentisce smentiscono"
    ),
    hedges=words(
        "presumibilmente presunto presunta presunti apparentemente forse possibilmente probabilmente sarebbe "
        "sarebbero avrebbe "
        "avrebbero potrebbe potrebbero sembra sembrava pare pareva quasi circa"
    ),
    dates=words(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedì martedì "
        "mercoledì giovedì venerdì sabato domenica ieri oggi domani mezzogiorno mezzanotte"
    ),
    attributions=words(
        "detto dice affermato afferma dichiarato dichiara secondo sostiene sostenuto spiegato spiega annunciato "
        "annuncia "
        "confermato conferma riferito aggiunto assicurato ammesso precisato"
    ),
    correction=opening(
        r"correzione\b|errata corrige|rettifica\b|precisazione\b|nota (?:della redazione|del direttore|dell['’]editore)"
        r"|una versione precedente|in una versione precedente|(?:questo|l['’]) ?articolo è stato|aggiornament[oi]\b"
        r"|aggiornato\b"
    ),
    compound=compound(
        "uno un due tre tré quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
        "diciassette diciotto diciannove venti vent trenta trent quaranta quarant cinquanta cinquant sessanta "
        "sessant settanta settant ottanta ottant novanta novant cento cent mille mila"
    ),
    decimal_comma=True,
)

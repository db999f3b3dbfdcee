"""German. Nouns have capitals too: a capital inside a sentence says nothing about names."""

from rowback.diff.labels.lexicon.entries import Lexicon, compound, numbers, opening, ordinals, words

LANGUAGE = "de"
LEXICON = Lexicon(
    frequent=words(
        "der die das und ist nicht ein eine einen einem einer mit von zu im dem den des auf für sich auch wird werden "
        "wurde "
        "sie er es sei sind war hat haben als nach bei aus wie über noch zum zur durch um"
    ),
    numbers=numbers(
        "null=0 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 "
        "vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 vierzig=40 "
        "fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 prozent=% millionen=million milliarden=milliarde "
        "eins=1 mio=million mrd=milliarde",
        "hundert hunderte tausend tausende million milliarde billion billionen dutzend hälfte drittel viertel doppelt",
    )
    | ordinals(
        "erst=1 zweit=2 dritt=3 viert=4 fünft=5 sechst=6 siebt=7 neunt=9 zehnt=10 elft=11 zwölft=12", "e er en em es"
    ),
    negations=words(
        "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts nirgends ohne weder bestreitet "
        "bestritt "
        "bestritten dementiert dementierte leugnet leugnete"
    ),
    hedges=words(
        "angeblich mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher offenbar anscheinend scheinbar möglicherweise "
        "vielleicht "
        "vermutlich wahrscheinlich womöglich wohl könnte könnten dürfte dürften soll sollen rund fast beinahe"
    ),
    dates=words(
        "januar jänner februar märz april mai juni juli august september oktober november dezember montag dienstag "
        "mittwoch "
        "donnerstag freitag samstag sonnabend sonntag gestern heute morgen vorgestern"
    ),
    attributions=words(
        "sagte sagt sagten teilte erklärte erklärt betonte betont behauptete behauptet bestätigte bestätigt meinte "
        "meint "
        "zufolge laut berichtete berichtet schrieb schreibt kündigte räumte warnte fügte"
    ),
    correction=opening(
        r"korrektur\b|berichtigung\b|richtigstellung\b|anmerkung der redaktion|hinweis der redaktion|transparenzhinweis"
        r"|in einer (?:früheren|ersten|vorherigen) (?:version|fassung)|(?:dieser|der) (?:artikel|beitrag|text) wurde"
        r"|update\s*[:(–—-]|aktualisiert\b|aktualisierung\b"
    ),
    capital_nouns=True,
    compound=compound(
        "ein eine eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
        "siebzehn achtzehn neunzehn zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert "
        "hunderte tausend tausende einhalb halb und"
    ),
    decimal_comma=True,
)

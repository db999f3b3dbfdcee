"""Dutch."""

from rowback.diff.labels.lexicon.entries import Lexicon, compound, numbers, opening, words

LANGUAGE = "nl"
LEXICON = Lexicon(
    frequent=words(
        "de het een van en in is dat op te met voor zijn niet aan er om ook als bij door naar uit maar hij ze zij "
        "werd worden "
        "wordt heeft hebben was over nog die dit tot"
    ),
    numbers=numbers(
        "nul=0 twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 dertien=13 "
        "veertien=14 "
        "vijftien=15 zestien=16 zeventien=17 achttien=18 negentien=19 twintig=20 dertig=30 veertig=40 vijftig=50 "
        "zestig=60 "
        "zeventig=70 tachtig=80 negentig=90 procent=% miljoenen=miljoen miljarden=miljard "
        "mln=miljoen mld=miljard mrd=miljard tweede=2 vierde=4 vijfde=5 zesde=6 zevende=7 achtste=8 negende=9 tiende=10",
        "honderd honderden duizend duizenden miljoen miljard dozijn helft derde kwart dubbel tientallen",
    ),
    negations=words("niet geen nooit niemand niets nergens zonder noch ontkent ontkende ontkennen ontkend"),
    hedges=words(
        "vermeend vermeende naar-verluidt blijkbaar kennelijk mogelijk misschien vermoedelijk waarschijnlijk wellicht "
        "zou "
        "zouden lijkt leek schijnbaar bijna ongeveer"
    ),
    dates=words(
        "januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag "
        "woensdag "
        "donderdag vrijdag zaterdag zondag gisteren vandaag morgen middernacht"
    ),
    attributions=words(
        "zei zegt zeiden stelde stelt verklaarde verklaart volgens beweerde beweert bevestigde bevestigt meldde meldt "
        "benadrukte vertelde waarschuwde voegde erkende"
    ),
    correction=opening(
        r"correctie\b|rectificatie\b|verbetering\b\s*[:(–—-]|noot van de redactie|aanvulling\b\s*[:(–—-]"
        r"|in een eerdere versie|een eerdere versie|dit (?:artikel|bericht) (?:is|werd)|update\s*[:(–—-]|bijgewerkt\b"
    ),
    compound=compound(
        "een één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend en ën"
    ),
    decimal_comma=True,
)

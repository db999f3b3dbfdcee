"""French."""

from rowback.diff.labels.lexicon.entries import Lexicon, numbers, opening, words

LANGUAGE = "fr"
LEXICON = Lexicon(
    frequent=words(
        "le la les des du et est une un dans pour que qui par sur avec au aux plus pas ne ce cette ces il elle ils "
        "elles son "
        "sa ses été sont a en l d qu mais comme leur après"
    ),
    numbers=numbers(
        "zéro=0 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 "
        "quatorze=14 "
        "quinze=15 seize=16 dix-sept=17 dix-huit=18 dix-neuf=19 vingt=20 trente=30 quarante=40 cinquante=50 "
        "soixante=60 "
        "soixante-dix=70 quatre-vingts=80 quatre-vingt-dix=90 millions=million milliards=milliard "
        "md=milliard mds=milliard deuxième=2 troisième=3 quatrième=4 cinquième=5 sixième=6 septième=7 huitième=8 neuvième=9 "
        "dixième=10",
        "cent cents mille million milliard dizaine dizaines douzaine centaine centaines millier milliers moitié tiers "
        "quart "
        "double triple",
    ),
    negations=words("ne n pas non jamais rien aucun aucune personne ni sans nie nié nient démenti dément démentent"),
    hedges=words(
        "aurait auraient serait seraient pourrait pourraient apparemment prétendument présumé présumée présumés "
        "soi-disant "
        "peut-être probablement sans-doute semble semblait sembleraient semblent vraisemblablement possiblement "
        "éventuellement "
        "environ presque"
    ),
    dates=words(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi "
        "jeudi "
        "vendredi samedi dimanche hier demain aujourd'hui midi minuit"
    ),
    attributions=words(
        "dit affirme affirmé affirmait déclare déclaré déclarait assure assuré selon estime estimé indique indiqué "
        "explique "
        "expliqué annonce annoncé confirme confirmé rapporte rapporté prétend ajouté ajoute reconnu précise précisé"
    ),
    correction=opening(
        r"correction\b|rectificatif\b|précision\b\s*[:(–—-]|erratum\b|note de la rédaction|ndlr\b"
        r"|une (?:version précédente|première version)|une version (?:antérieure|précédente)"
        r"|dans une version précédente"
        r"|(?:cet|l['’]) ?article a été|mise? à jour\b|mis à jour\b|actualisé"
    ),
    decimal_comma=True,
)

"""Spanish."""

from rowback.diff.labels.lexicon.entries import Lexicon, numbers, opening, words

LANGUAGE = "es"
LEXICON = Lexicon(
    frequent=words(
        "el la los las de del y en que un una con por para se su sus al es lo como más pero fue ha han son está "
        "también "
        "este esta entre cuando según después sobre"
    ),
    numbers=numbers(
        "cero=0 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 "
        "catorce=14 "
        "quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 treinta=30 cuarenta=40 cincuenta=50 "
        "sesenta=60 setenta=70 ochenta=80 noventa=90 millones=millón cientos=cien miles=mil "
        "veintiuno=21 veintiuna=21 veintiún=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 veintiséis=26 "
        "veintisiete=27 veintiocho=28 veintinueve=29 doscientos=200 doscientas=200 trescientos=300 trescientas=300 "
        "cuatrocientos=400 cuatrocientas=400 quinientos=500 quinientas=500 seiscientos=600 seiscientas=600 setecientos=700 "
        "setecientas=700 ochocientos=800 ochocientas=800 novecientos=900 novecientas=900 tercero=3 tercera=3 tercer=3 "
        "quinto=5 quinta=5 sexto=6 sexta=6 séptimo=7 séptima=7 octavo=8 octava=8 noveno=9 novena=9 décimo=10 décima=10",
        "cien ciento mil millón docena docenas mitad tercio cuarto doble triple decenas centenares",
    ),
    negations=words(
        "no nunca jamás nada nadie ningún ninguna ninguno ni sin tampoco niega negó niegan desmintió desmiente"
    ),
    hedges=words(
        "presuntamente presunto presunta presuntos supuestamente supuesto supuesta aparentemente quizás quizá "
        "posiblemente "
        "probablemente tal-vez podría podrían habría habrían sería serían parece parecía acaso casi aproximadamente"
    ),
    dates=words(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes "
        "martes "
        "miércoles jueves viernes sábado domingo ayer hoy mañana mediodía medianoche"
    ),
    attributions=words(
        "dijo dice afirmó afirma declaró declara aseguró asegura señaló señala según explicó explica anunció anuncia "
        "confirmó confirma indicó indica sostuvo sostiene añadió añade reconoció admitió informó manifestó"
    ),
    correction=opening(
        r"corrección\b|fe de errores|fe de erratas|rectificación\b|aclaración\b|nota (?:de la redacción|del editor)"
        r"|una versión (?:anterior|previa)|en una versión (?:anterior|previa)|(?:este|el) artículo (?:ha sido|fue)"
        r"|actualización\b|actualizado\b"
    ),
    decimal_comma=True,
)

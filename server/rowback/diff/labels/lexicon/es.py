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
        "sesenta=60 setenta=70 ochenta=80 noventa=90 millones=millón cientos=cien miles=mil",
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
)

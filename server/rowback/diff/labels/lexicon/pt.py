"""Portuguese."""

from rowback.diff.labels.lexicon.entries import Lexicon, numbers, opening, words

LANGUAGE = "pt"
LEXICON = Lexicon(
    frequent=words(
        "o a os as do da dos das e em no na nos nas que um uma com por para se ao à é não foi são mais como mas seu "
        "sua pelo "
        "pela ele ela está também este esta entre quando após"
    ),
    numbers=numbers(
        "zero=0 dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 treze=13 "
        "quatorze=14 "
        "catorze=14 quinze=15 dezesseis=16 dezasseis=16 dezessete=17 dezassete=17 dezoito=18 dezenove=19 dezanove=19 "
        "vinte=20 "
        "trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 milhões=milhão bilhões=bilhão "
        "trilhões=trilhão duzentos=200 duzentas=200 trezentos=300 trezentas=300 quatrocentos=400 quatrocentas=400 "
        "quinhentos=500 quinhentas=500 seiscentos=600 seiscentas=600 setecentos=700 setecentas=700 oitocentos=800 "
        "oitocentas=800 novecentos=900 novecentas=900 terceiro=3 terceira=3 quinto=5 quinta=5 sexto=6 sétimo=7 sétima=7 "
        "oitavo=8 oitava=8 nono=9 nona=9 décimo=10 décima=10",
        "cem cento centenas mil milhares milhão bilhão trilhão dúzia dúzias metade terço quarto dobro triplo dezenas",
    ),
    negations=words(
        "não nunca jamais nada ninguém nenhum nenhuma nem sem tampouco nega negou negam desmentiu desmente"
    ),
    hedges=words(
        "supostamente suposto suposta supostos alegadamente aparentemente talvez possivelmente provavelmente poderia "
        "poderiam "
        "teria teriam seria seriam parece parecia porventura quase aproximadamente"
    ),
    dates=words(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro segunda-feira "
        "terça-feira "
        "quarta-feira quinta-feira sexta-feira sábado domingo ontem hoje amanhã meio-dia meia-noite"
    ),
    attributions=words(
        "disse diz afirmou afirma declarou declara segundo garantiu explicou explica anunciou anuncia confirmou "
        "confirma "
        "informou indicou sustentou acrescentou reconheceu admitiu alegou alega relatou"
    ),
    correction=opening(
        r"correção\b|errata\b|retificação\b|esclarecimento\b|erramos\b|nota (?:da redação|do editor)"
        r"|uma versão anterior|numa versão anterior|em uma versão anterior|(?:este|o|esta|a) (?:artigo|texto"
        r"|reportagem) foi"
        r"|atualização\b|atualizad[oa]\b"
    ),
    decimal_comma=True,
)

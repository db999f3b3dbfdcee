"""English."""

from rowback.diff.labels.lexicon.entries import Lexicon, numbers, opening, words

LANGUAGE = "en"
LEXICON = Lexicon(
    frequent=words(
        "the of and to in is was were are that for with on at by from his her their its they he she it this has have "
        "had "
        "been be as an but not who which will would said after about into more"
    ),
    numbers=numbers(
        "zero=0 nil=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 "
        "fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 "
        "sixty=60 seventy=70 eighty=80 ninety=90 percent=% thousands=thousand millions=million billions=billion "
        "trillions=trillion bn=billion lakhs=lakh crores=crore first=1 second=2 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 "
        "ninth=9 tenth=10 eleventh=11 twelfth=12 thirds=third quarters=quarter",
        "hundred hundreds thousand million billion trillion lakh crore dozen dozens half third quarter double triple twice",
    ),
    negations=words(
        "not no never none nobody nothing nor neither without cannot cant wont can't won't don't doesn't didn't isn't "
        "aren't wasn't weren't hasn't haven't hadn't wouldn't shouldn't couldn't mustn't ain't denied denies deny "
        "denying"
    ),
    hedges=words(
        "allegedly alleged reportedly apparently appeared appears appear seemingly seemed seems seem possibly perhaps "
        "maybe "
        "probably likely unlikely might may could suspected purportedly purported supposedly unconfirmed believed "
        "claimed "
        "claims claim presumably potentially roughly approximately nearly almost"
    ),
    dates=words(
        "january february april june july august september october november december jan feb apr jun jul aug sept "
        "sep oct nov dec monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight "
        "noon "
        "midnight"
    ),
    attributions=words(
        "said says say told tells stated states added adds claimed claims alleged alleges argued argues insisted "
        "insists "
        "announced announces confirmed confirms admitted admits according wrote writes tweeted reported reports "
        "explained "
        "warned warns suggested suggests acknowledged conceded asserted declared replied testified"
    ),
    correction=opening(
        r"corrections?\b(?! (?:officer|facilit|department))|correct(?:s|ed)\s*[:(–—-]|clarifications?\b"
        r"|editors?['’]s?['’]? note|editor note|an (?:earlier|previous) version\b|in an (?:earlier|previous) version\b"
        r"|the (?:earlier|previous|original) version of this\b"
        r"|this (?:[\w.]+ ){0,3}(?:article|story|post|report|page|headline|piece)(?: \w+){0,4} "
        r"(?:updated|amended|corrected|changed|edited|revised)\b"
        r"|(?:last )?updated?\s*[:(–—-]|(?:last )?updated (?:(?:at|on) )?\d|update,? (?:(?:at|on) )?\d{1,2}[.:h]\d{2}"
    ),
)

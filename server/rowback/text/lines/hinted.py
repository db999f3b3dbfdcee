"""What says, in the middle of a sentence, that a paper's letter is offered, by language: your inbox, unsubscribe. Data.

Each is a run of words, in lower case and without marks; runs are parted by commas.
"""

from __future__ import annotations

HINTS = """
your inbox, our newsletter, our newsletters, our daily newsletter, our weekly newsletter, unsubscribe, opt out
at any time, stop it at any time, cancel at any time, by signing up, by subscribing, in your e-mail, to your
e-mail, to your email, ihr postfach, ihrem postfach, dein postfach, deinem postfach, unser newsletter, unseren
newsletter, unserem newsletter, abbestellen, abzubestellen, abbestellbar, jederzeit kündbar, votre
boîte, votre messagerie, vos mails, notre newsletter, nos newsletters, désinscrire, désabonner, désinscription,
tu correo, su correo, tu email, tu bandeja, su bandeja, nuestro boletín, nuestra newsletter, nuestros boletines,
darte de baja, darse de baja, cancelar la suscripción, tua casella, tua email, tua mail, nostra newsletter,
nostre newsletter, disiscriverti, annullare l'iscrizione, disiscrizione, seu e-mail, seu email, sua caixa, teu
email, nossa newsletter, nossas newsletters, cancelar a inscrição, cancelar a subscrição, uw postvak, je inbox,
uw inbox, je mailbox, uw mailbox, onze nieuwsbrief, onze nieuwsbrieven, uitschrijven, afmelden voor, din inkorg,
din mejl, vårt nyhetsbrev, våra nyhetsbrev, avsluta prenumerationen, avregistrera, avprenumerera, innboksen din,
din innboks, vårt nyhetsbrev, melde deg av, din indbakke, vores nyhedsbrev, vores nyhedsbreve, afmelde,
sähköpostiisi, uutiskirjeemme, peruuttaa tilauksen, peruuta tilaus, twoją skrzynkę, twojej skrzynce, twoja
skrzynka, nasz newsletter, naszego newslettera, wypisać się, zrezygnować z subskrypcji, vaší schránky, vaší
schránce, vašeho e-mailu, náš newsletter, našeho newsletteru, odhlásit odběr, вашу почту, вашей почте, ваш
почтовый ящик, нашу рассылку, нашей рассылке, отписаться, вашу пошту, нашу розсилку, відписатися, e-posta
kutunuza, e-posta kutunuzda, bültenimize, bültenimiz, abonelikten, بريدك, نشرتنا, إلغاء الاشتراك, תיבת המייל
שלך, למייל שלכם, הניוזלטר שלנו, आपके इनबॉक्स, हमारे न्यूज़लेटर, हमारे न्यूजलेटर, email σας, e-mail σας, το
newsletter μας, διαγραφείτε, hírlevelünk, hírlevelünkre, leiratkozhat, leiratkozás, newsletterul nostru,
dezabona, inbox-ul tău, email anda, kotak masuk anda, berhenti berlangganan, hộp thư của bạn, 您的邮箱, 您的收件箱, 取消订阅,
退订,
您的信箱, 取消訂閱, メールマガジン, メルマガ, ニュースレター, 購読解除, 配信停止, 解除できます, お届けします,
뉴스레터, 구독 취소, 수신 거부, 메일함
"""

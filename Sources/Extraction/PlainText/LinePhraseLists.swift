/// The phrases themselves, separated by `|`. A phrase under `whole` must be the line; under `opening` it may begin one.
enum LinePhraseLists {
    static let whole: [(LinePhrase, String)] = [
        (
            .control,
            """
            advert|adverts|advertisement|advertisements|advertising|ad|ads|advertisement continue reading the main story|story continues below advertisement\
            |story continues below|article continues below|article continues below advertisement|article continues after advertisement\
            |advertisement scroll to continue|scroll to continue|continue reading|continue reading below|continue reading the main story\
            |sponsored|sponsored by|promoted|paid content|share|share this|share this article|share this story|share this page|share article\
            |share on facebook|share on twitter|share on x|share on linkedin|share on whatsapp|share via email|share by email|share with\
            |share on social media|share tweet|share save|share link|copy link|copy url|link copied|copied|tweet|retweet|pin it|facebook|twitter\
            |whatsapp|linkedin|pinterest|reddit|telegram|messenger|instagram|youtube|tumblr|google|flipboard|facebook twitter|facebook messenger\
            |facebook twitter email|facebook twitter linkedin email|facebook twitter whatsapp|email|email this|email this article|email article\
            |e-mail|mail|print|print this|print this article|print article|print page|print this page|printer friendly version|send to a friend\
            |send by email|save|save article|save for later|bookmark|favorite|listen|listen to this article|listen to article|listen to story\
            |read aloud|play|play video|pause|play audio|watch video|skip|skip to content|skip to main content|skip to navigation|skip ad\
            |skip links|back to top|go to top|top|menu|main menu|open menu|close menu|close|search|search for|log in|login|sign in|sign out\
            |log in sign up|sign in register|sign up|subscribe|subscribe now|register|my account|account|read more|read more about|more|show more\
            |see more|view more|load more|learn more|click here|expand|collapse|enlarge|enlarge image|click to enlarge|view image\
            |view larger image|view gallery|hide caption|toggle caption|show caption|min read|minute read|minutes read|mins read|min|minutes\
            |published|posted|updated|last updated|last modified|first published|published on|updated on|image caption|image source|media caption\
            |video caption|figure caption|reading time|reading time minutes|reading time min|views|view|shares|share count|likes|like|dislike|a a|a a a|text size|font size\
            |increase text size|decrease text size|loading|please wait|next|previous|prev|next page|previous page|image|images|enable javascript\
            |please enable javascript|javascript is disabled|live tv|watch live|follow|following|add to favorites|translate|select language\
            |getty images embed|add us on google|add as preferred source on google|add to reading list|gift article|unlock this article\
            |انشر|شارك|شارك المقال|مشاركة|شارك على فيسبوك|فيسبوك|تويتر|واتساب|طباعة|اطبع|حفظ|استمع|إعلان|اعلان|القائمة|بحث|إغلاق|البث الحي|تسجيل الدخول\
            |реклама|поделиться|поделиться в|распечатать|печать|читать далее|вконтакте|одноклассники|войти|поиск|меню|слушать|подписаться\
            |werbung|anzeige|teilen|drucken|merken|zurück|weiter|suche|menü|anmelden|vorlesen|artikel teilen|publicité|partager|imprimer|envoyer\
            |rechercher|menu principal|connexion|s'abonner|écouter|lire la suite|publicidad|compartir|imprimir|enviar|guardar|buscar|menú\
            |iniciar sesión|suscríbete|escuchar|leer más|publicidade|compartilhar|partilhar|ouvir|buscar|assine|continua após a publicidade\
            |pubblicità|condividi|stampa|ascolta|cerca|accedi|abbonati|leggi tutto|reklam|paylaş|yazdır|ara|giriş yap|abone ol|dinle|reklama\
            |udostępnij|drukuj|szukaj|zaloguj|advertentie|delen|afdrukken|zoeken|annons|dela|skriv ut|פרסומת|שתף|שתפו|הדפס|הדפסה|חיפוש|תפריט\
            |تبلیغات|اشتراک گذاری|چاپ|جستجو|广告|廣告|分享|打印|收藏|搜索|菜单|登录|広告|シェア|印刷|検索|ツイート|광고|공유|공유하기|인쇄|검색
            """
        ),
        (
            .comments,
            """
            comments|comment|reader comments|readers comments|readers' comments|reader's comments|user comments|all comments|view comments\
            |show comments|view all comments|see comments|comments section|comments are closed|no comments|no comments yet|comments comments\
            |comments on this article|comments on this story|latest comments|top comments|newest comments|comments newest first|conversation\
            |discussion|responses|thoughts on|what do you think|have your say|join the conversation|join the discussion|your comments|your views\
            |التعليقات|تعليقات|تعليق|تعليقات القراء|لا توجد تعليقات|آراء القراء|комментарии|комментариев|все комментарии|обсуждение\
            |kommentare|leserkommentare|alle kommentare|commentaires|vos commentaires|vos réactions|les commentaires|comentarios|los comentarios\
            |comentários|commenti|i commenti|yorumlar|yorum|komentarze|reacties|kommentarer|kommentit|תגובות|תגובות גולשים|نظرات|دیدگاه ها\
            |نظر شما|评论|网友评论|留言|コメント|댓글|σχόλια|коментарі|komentáře|comentarii
            """
        ),
        (
            .commentReply,
            """
            reply|replies|report|report abuse|report comment|flag|flag as inappropriate|like reply|reply like|upvote|downvote|recommend|permalink\
            |hours ago|hour ago|days ago|day ago|minutes ago|weeks ago|week ago|months ago|years ago|an hour ago|a day ago|a minute ago|minute ago\
            |h ago|hr ago|hrs ago|m ago|min ago|mins ago|d ago|seconds ago|just now|vor stunden|vor minuten|vor tagen|il y a heures|il y a minutes\
            |il y a jours|hace horas|hace minutos|hace días|há horas|há minutos|minuti fa|ore fa|saat önce|dakika önce|часов назад|часа назад\
            |минут назад|минуты назад|дней назад|منذ ساعات|منذ ساعة|منذ ساعتين|منذ دقائق|منذ دقيقة|小时前|分钟前|小時前|分鐘前|時間前|分前|시간 전|분 전|לפני שעות|לפני דקות|edited|show replies|view replies|anonymous\
            |رد|الرد|إبلاغ|ответить|пожаловаться|antworten|melden|répondre|signaler|responder|denunciar|rispondi|segnala|yanıtla|cevapla|odpowiedz\
            |השב|הגב|پاسخ|回复|举报|返信|답글|신고
            """
        ),
        (
            .site,
            """
            home|home page|homepage|news|world|about|about us|contact|contact us|contacts|terms|terms of use|terms of service|terms and conditions\
            |privacy|privacy policy|privacy notice|privacy statement|cookie policy|cookies|cookie settings|manage cookies|cookie preferences\
            |your privacy choices|do not sell my personal information|do not sell or share my personal information|accessibility|sitemap\
            |site map|site index|help|faq|faqs|careers|jobs|advertise|advertise with us|newsletter|newsletters|rss|rss feeds|feedback|feedback form\
            |archive|archives|mobile|apps|mobile apps|e-paper|epaper|disclaimer|imprint|legal|legal notice|press|press office|corrections\
            |community guidelines|code of conduct|editorial policy|our team|staff|who we are|work with us|support us|shop|store|licensing\
            |reprints|syndication|permissions|english|arabic|العربية|français|español|русский|deutsch|português|türkçe|中文|日本語|한국어|فارسی\
            |من نحن|اتصل بنا|سياسة الخصوصية|شروط الاستخدام|الرئيسية|أعلن معنا|خريطة الموقع|о нас|о проекте|контакты|обратная связь|главная\
            |политика конфиденциальности|пользовательское соглашение|размещение рекламы|impressum|datenschutz|kontakt|über uns|agb|startseite\
            |mentions légales|qui sommes-nous|nous contacter|contactez-nous|accueil|plan du site|politique de confidentialité|cgu|aviso legal\
            |política de privacidad|quiénes somos|contacto|inicio|mapa del sitio|política de privacidade|quem somos|contato|contacto|início\
            |termos de uso|chi siamo|contatti|note legali|hakkımızda|iletişim|künye|anasayfa|gizlilik politikası|o nas|polityka prywatności\
            |regulamin|אודות|צור קשר|תנאי שימוש|מדיניות פרטיות|דף הבית|درباره ما|تماس با ما|关于我们|联系我们|隐私政策|首页|会社概要|お問い合わせ\
            |プライバシーポリシー|회사소개|개인정보처리방침
            """
        ),
        (
            .section,
            """
            news|world|world news|international|national|local|politics|business|economy|markets|sport|sports|culture|arts|entertainment|opinion\
            |opinions|analysis|science|technology|tech|health|environment|climate|education|lifestyle|travel|features|feature|middle east|africa\
            |asia|asia pacific|europe|americas|latin america|north america|uk|us|us news|uk news|u s|usa|breaking|breaking news|latest|latest news\
            |top story|top stories|exclusive|video|photos|live|home|front page|headlines|urgent|flash|alert|just in|developing|developing story|update|wrap|أخبار|أخبار العالم|عربي|عربي ودولي|سياسة|اقتصاد|رياضة\
            |ثقافة|الشرق الأوسط|دولي|العالم|محليات|عاجل|новости|политика|в мире|мир|экономика|общество|спорт|культура|nachrichten|politik\
            |wirtschaft|ausland|inland|welt|panorama|kultur|wissen|actualité|actualités|monde|politique|économie|société|noticias|mundo|política\
            |economía|internacional|sociedad|deportes|cultura|notícias|economia|esportes|notizie|esteri|cronaca|politica|haberler|gündem|dünya\
            |siyaset|ekonomi|spor|wiadomości|świat|polityka|חדשות|בעולם|פוליטי|اخبار|جهان|سیاسی|新闻|国际|政治|经济|体育|国際|経済|社会|정치|경제|사회|국제
            """
        ),
    ]
}

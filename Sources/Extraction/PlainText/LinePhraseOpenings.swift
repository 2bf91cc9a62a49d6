extension LinePhraseLists {
    static let opening: [(LinePhrase, String)] = [
        (
            .relatedMaybe,
            """
            related|recommended|recommendations|popular|trending|don't miss|in case you missed it|must read|must reads|up next|keep reading\
            |see also|further reading|热门|おすすめ|polecane|polecamy|empfohlen|рекомендуем|популярное|powiązane|gerelateerd|relacionados\
            |relacionadas
            """
        ),
        (
            .related,
            """
            related news|related articles|related article|related stories|related story|related content|related links|related posts|related topics\
            |related coverage|related items|related videos|related video|related tags|related reading|more stories|more news|more articles\
            |more headlines|more on this story|more on this topic|more about this story|more from|more in|more top stories|more like this|more to read\
            |also on|also in the news|also in news|also read|read also|read next|what to read next|what to watch next|recommended reading\
            |you may also like|you might also like|you may be interested in|you might be interested in|you may like|recommended for you\
            |recommended stories|recommended articles|suggested for you|suggested stories|most read|most popular\
            |most viewed|most shared|most commented|most watched|most recent|popular now|popular stories|popular articles|popular on|popular posts\
            |trending now|trending stories|trending on|top stories|latest news|latest stories|latest articles|latest headlines\
            |latest from|latest posts|recent posts|recent articles|recent news|recent stories|other news|other stories|other articles|other headlines\
            |editor's picks|editors' picks|editors picks|editor's choice|editors' choice\
            |next story|previous story|next article|previous article|next post|previous post|from our partners\
            |from around the web|from the web|around the web|promoted stories|promoted content|sponsored content|sponsored stories|paid stories\
            |partner content|in this section|explore more|similar articles|similar stories|you may have missed|follow topics\
            |اقرأ أيضا|اقرأ ايضا|إقرأ أيضا|مواضيع ذات صلة|مواضيع متعلقة|مواضيع مشابهة|أخبار ذات صلة|اخبار ذات صلة|أخبار متعلقة|مقالات ذات صلة\
            |موضوعات ذات صلة|موضوعات متعلقة|ذات صلة|الأكثر قراءة|الاكثر قراءة|الأكثر مشاهدة|الأكثر تداولا|الأكثر تعليقا|آخر الأخبار|أحدث الأخبار\
            |اخترنا لك|اخترنا لكم|قد يعجبك أيضا|قد يهمك أيضا|قد يهمك|شاهد أيضا|المزيد من|المزيد حول|أخبار أخرى|مقالات أخرى|читайте также\
            |смотрите также|по теме|материалы по теме|новости по теме|похожие новости|похожие материалы|похожие статьи|другие новости\
            |самое читаемое|самое популярное|популярные новости|главные новости|последние новости|главное за день|еще по теме\
            |вам может быть интересно|читайте далее|ещё новости|mehr zum thema|mehr zum thema lesen|das könnte sie auch interessieren\
            |das könnte dich auch interessieren|meistgelesen|meist gelesen|meistgelesene artikel|weitere artikel|weitere themen|weitere nachrichten\
            |lesen sie auch|lesen sie mehr|auch interessant|verwandte artikel|verwandte themen|ähnliche artikel|aktuelle nachrichten|\
            |à lire aussi|a lire aussi|lire aussi|sur le même sujet|sur le même thème|articles liés|articles similaires|articles associés|les plus lus\
            |les plus lues|le plus lu|vous aimerez aussi|vous pourriez aussi aimer|à lire également|plus d'articles|dernières actualités\
            |recommandé pour vous|à voir aussi|noticias relacionadas|noticia relacionada|artículos relacionados|contenido relacionado|\
            |lo más leído|lo más visto|lo más |más noticias|más información|te puede interesar|también te puede interesar\
            |te recomendamos|lea también|lee también|ver también|últimas noticias|temas relacionados|notícias relacionadas|leia também|leia mais\
            |veja também|mais lidas|as mais lidas|mais notícias|artigos relacionados|conteúdo relacionado|últimas notícias|leia ainda\
            |articoli correlati|notizie correlate|contenuti correlati|leggi anche|i più letti|le più lette|più letti|potrebbe interessarti\
            |potrebbero interessarti|ti potrebbe interessare|ultime notizie|ilgili haberler|ilgili haber|benzer haberler|diğer haberler\
            |en çok okunanlar|en çok okunan haberler|son haberler|ilginizi çekebilir|bunlar da ilginizi çekebilir|öne çıkanlar|önerilen haberler\
            |czytaj także|czytaj też|czytaj również|zobacz także|zobacz też|powiązane artykuły|najczęściej czytane|najpopularniejsze\
            |przeczytaj także|lees ook|lees meer|meest gelezen|gerelateerde artikelen|läs mer|läs också|läs även\
            |mest läst|les også|læs også|mest lest|mest læste|lue myös|luetuimmat|citește și|citiți și|čtěte také|související články|читати також\
            |читайте також|διαβάστε επίσης|σχετικά άρθρα|δημοφιλή|כתבות נוספות|קראו גם|קרא גם|עוד בנושא|הנקראות ביותר|אולי יעניין אותך\
            |כתבות קשורות|اخبار مرتبط|مطالب مرتبط|مطالب پیشنهادی|پربازدیدترین|پربیننده ترین|بیشتر بخوانید|همچنین بخوانید|آخرین اخبار\
            |相关新闻|相关阅读|相关报道|相关文章|相關新聞|相關閱讀|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀|热门新闻|熱門新聞|更多新闻|猜你喜欢|最新消息\
            |関連記事|関連ニュース|関連リンク|あわせて読みたい|おすすめ記事|アクセスランキング|人気記事|最新記事|관련기사|관련 기사|관련뉴스|관련 뉴스\
            |많이 본 뉴스|많이 본 기사|인기기사|인기 기사|추천기사|추천 기사|이 시각 주요뉴스
            """
        ),
        (
            .promo,
            """
            read more|read|read also|also read|see also|see more|watch|watch now|watch live|watch video|watch also|listen|listen to|listen now\
            |interactive|in pictures|in photos|in pics|gallery|photo gallery|photos|video|podcast|slideshow|infographic|live blog|related|related story\
            |related article|related coverage|related news|related video|recommended|recommended reading|more|more on this|more coverage|must read\
            |don't miss|also on|read the full story|find out more|learn more|further reading|must watch|read this|read this next|up next\
            |اقرأ أيضا|اقرأ ايضا|إقرأ أيضا|اقرأ المزيد|شاهد|شاهد أيضا|اقرأ|читайте также|читать также|смотрите также|читайте подробнее|подробнее\
            |lesen sie auch|lesen sie mehr|mehr zum thema|lesen sie hier|lire aussi|à lire aussi|à lire|voir aussi|lire|lea también|lee también\
            |leer más|ver también|vea también|lea además|leia também|leia mais|veja também|saiba mais|leggi anche|guarda anche|leggi|ayrıca okuyun\
            |ayrıca bakınız|okuyun|czytaj także|czytaj też|zobacz też|zobacz także|czytaj|lees ook|läs mer|läs också|les også|læs også\
            |διαβάστε επίσης|читайте також|קראו גם|קרא גם|קראו עוד|بیشتر بخوانید|همچنین بخوانید|延伸阅读|相关阅读|阅读更多|関連記事\
            |관련기사
            """
        ),
        (
            .commentForm,
            """
            add your comment|add a comment|add comment|add a new comment|post a comment|post your comment|post comment|leave a comment\
            |leave your comment|leave a reply|write a comment|write your comment|submit comment|submit your comment|be the first to comment\
            |be first to comment|log in to comment|login to comment|sign in to comment|you must be logged in to|please login to comment\
            |please log in to|register to comment|comments policy|comment policy|comment guidelines|your email address will not be published\
            |required fields are marked|save my name|notify me of|notify me when|enter the security code|enter the code|type the characters\
            |type the letters|enter the letters|enter the characters|can't read this|security code|verification code|this site uses akismet\
            |view the discussion thread|please enable javascript to view the comments|characters left|characters remaining\
            |أضف تعليق|أضف تعليقا|اضف تعليق|أضف تعليقك|اترك تعليقا|اترك تعليق|اكتب تعليقك|شارك بتعليقك|لن يتم نشر عنوان بريدك|оставить комментарий\
            |добавить комментарий|написать комментарий|ваш комментарий|kommentar schreiben|kommentieren|einen kommentar schreiben|kommentar verfassen\
            |laisser un commentaire|ajouter un commentaire|poster un commentaire|réagir à|deja un comentario|dejar un comentario|escribe un comentario\
            |añade un comentario|comentar|deixe um comentário|deixe seu comentário|deixe uma resposta|lascia un commento|scrivi un commento\
            |yorum yap|yorum yaz|yorum ekle|dodaj komentarz|napisz komentarz|plaats een reactie|geef een reactie|skriv en kommentar\
            |הוסף תגובה|הגב לכתבה|תגובה חדשה|ارسال نظر|نظر خود را|دیدگاهتان را بنویسید|发表评论|我要评论|發表評論|コメントする|コメントを書く|댓글 쓰기\
            |댓글쓰기|댓글 달기
            """
        ),
        (
            .appeal,
            """
            sign up for our|sign up for the|sign up to our|sign up to the|sign up here|sign up now|sign up for free|sign up today|subscribe to our\
            |subscribe to the|subscribe for|subscribe here|subscribe today|get our newsletter|get our daily|get our weekly|get the latest news\
            |get the latest updates|get the latest stories|get breaking news|get news alerts|get alerts|follow us on|follow us at|follow us via\
            |follow our|follow me on|follow on|follow him on|follow her on|like us on|find us on|join us on|join our telegram|join our whatsapp|join our channel\
            |join our newsletter|download our app|download the app|download our free app|click here to subscribe|click here to read|click here to sign\
            |click here for more|click here to join|support our journalism|support our work|support independent journalism|become a member\
            |become a subscriber|become a supporter|donate now|make a donation|our standards|stay up to date with|stay informed with\
            |stay tuned to|for more news|for more stories|for the latest news|keep up with the latest|enter your email|your email address\
            |by signing up|by subscribing you|by clicking subscribe|by entering your email|this site is protected by recaptcha|we use cookies to\
            |this site uses cookies|this website uses cookies|accept all cookies|accept cookies|تابعونا على|تابعنا على|تابعوا|اشترك في|اشترك الآن\
            |حمل تطبيق|حملوا تطبيق|подписывайтесь на|подпишитесь на|следите за нами|читайте нас в|abonnieren sie|folgen sie uns|jetzt abonnieren\
            |melden sie sich|abonnez-vous|suivez-nous|recevez notre|inscrivez-vous|suscríbete a|suscríbase|síguenos en|síganos en|regístrate\
            |inscreva-se|siga-nos|siga o|receba as notícias|assine a|assine o|iscriviti alla|seguici su|abone olun|takip edin|bizi takip edin\
            |zapisz się|subskrybuj|obserwuj nas|schrijf je in|volg ons|följ oss|prenumerera på|הירשמו ל|הצטרפו ל|עקבו אחרינו|عضو شوید
            """
        ),
        (
            .copyright,
            """
            copyright|all rights reserved|© copyright|all content copyright|alle rechte vorbehalten|tous droits réservés\
            |todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|все права защищены|جميع الحقوق محفوظة\
            |حقوق النشر|حقوق النشر محفوظة|tüm hakları saklıdır|wszelkie prawa zastrzeżone|כל הזכויות שמורות|版权所有|版權所有|무단전재|무단 전재|저작권자\
            |無断転載|著作権|تمامی حقوق|کلیه حقوق
            """
        ),
    ]
}

/// Phrases that pages show which stand where an article should, folded as texts are. Those marked `^` say so only at the start
/// of a short headline: articles use them too.
struct PagePhrases {
    private var byFirst: [String: [[String]]] = [:]
    private var starts: [[String]] = []

    private static let longestTitle = 7

    init(_ text: String) {
        for line in text.split(separator: "|") {
            let words = FoldedText.words(String(line))
            guard let first = words.first else { continue }
            if line.hasPrefix("^") { starts.append(words) } else { byFirst[first, default: []].append(words) }
        }
    }

    func hits(inHeadline words: [String]) -> Set<[String]> {
        let found = hits(in: words, at: Array(words.indices))
        guard words.count <= Self.longestTitle else { return found }
        return found.union(starts.filter { words.starts(with: $0) })
    }

    /// The distinct phrases among `words`, of which any begins at one of `places`.
    func hits(in words: [String], at places: [Int]) -> Set<[String]> {
        var found: Set<[String]> = []
        for at in places {
            for phrase in byFirst[words[at]] ?? [] where words[at...].starts(with: phrase) { found.insert(phrase) }
        }
        return found
    }

    /// In the order in which they are asked for: what may be the story first.
    static let all: [(PageHealth.Reason, PagePhrases)] = [
        (.withdrawn, PagePhrases(withdrawn)), (.captcha, PagePhrases(captcha)), (.consentWall, PagePhrases(consent)),
        (.loginWall, PagePhrases(login)), (.errorPage, PagePhrases(error)),
    ]

    /// Of all phrases, to look at few places of a text only.
    static let firstWords = Set(all.flatMap { $0.1.byFirst.keys })

    private static let withdrawn = """
        article has been removed|article was removed|article has been withdrawn|article has been taken down|\
        article has been retracted|article has been deleted|article has been unpublished|story has been removed|\
        story has been withdrawn|story has been retracted|story has been taken down|story was removed|post has been removed|\
        removed ^pending review|withdrawn pending|^pending review|pending an investigation|removed for legal reasons|\
        removed from our website|removed this article|removed this story|retracted this article|retracted this story|\
        withdrawn this article|withdrawn this story|unavailable for legal reasons|unavailable due to legal|\
        article is no longer available|story is no longer available|artículo ha sido retirado|artículo ha sido eliminado|\
        noticia ha sido retirada|noticia ha sido eliminada|article a été retiré|article a été supprimé|article a été dépublié|\
        artikel wurde entfernt|artikel wurde gelöscht|artikel wurde zurückgezogen|beitrag wurde entfernt|beitrag wurde gelöscht|\
        aus rechtlichen gründen|articolo è stato rimosso|articolo è stato ritirato|artigo foi removido|matéria foi removida|\
        notícia foi removida|artikel is verwijderd|artikel is ingetrokken|статья удалена|статья была удалена|\
        материал удален|материал удалён|материал был удален|публикация удалена|материал снят с публикации|\
        تمت إزالة هذا المقال|تم حذف هذا المقال|تم حذف الخبر|تم سحب المقال|הכתבה הוסרה|הידיעה הוסרה|הפרסום הוסר|\
        haber kaldırıldı|haber yayından kaldırılmıştır|erişime engellenmiştir|^erişim engeli|本文已被删除|该文章已被删除|文章已删除|\
        文章已下架|此内容因违规无法查看|该内容已被发布者删除|記事は削除されました|記事を取り下げ|掲載を取りやめ|기사가 삭제되었습니다|삭제된 기사입니다|\
        این مطلب حذف شد|artykuł został usunięty
        """

    private static let captcha = """
        just a moment|checking your browser|verify you are human|verify that you are human|verifying you are human|\
        are you a robot|are you human|i'm not a robot|i am not a robot|not a robot|unusual traffic|unusual activity from your|\
        complete the security check|security check to access|enable javascript and cookies to continue|ddos protection by|\
        performance & security by|^attention required|press & hold|pardon our interruption|^human verification|\
        solve the captcha|complete the captcha|enter the characters you see|^automated access|^bot detection|\
        no soy un robot|verifica que eres humano|tráfico inusual|je ne suis pas un robot|vérifiez que vous êtes humain|\
        vérification de sécurité|ich bin kein roboter|bestätigen sie dass sie ein mensch sind|sicherheitsüberprüfung|\
        non sono un robot|não sou um robô|ik ben geen robot|я не робот|проверка браузера|подтвердите что вы не робот|\
        подтвердите что вы человек|أنا لست برنامج روبوت|لست روبوتا|تحقق من أنك إنسان|אני לא רובוט|אימות שאתה אנושי|\
        ben robot değilim|robot olmadığınızı doğrulayın|人机验证|安全验证|请完成验证|我不是机器人|滑动验证|私はロボットではありません|\
        ロボットではないことを確認|자동 입력 방지|로봇이 아닙니다
        """

    private static let consent = """
        we value your privacy|we care about your privacy|your privacy matters|your privacy choices|before you continue|\
        accept all cookies|accept cookies|reject all|accept all|manage preferences|manage cookies|cookie settings|\
        cookie preferences|consent to the use of|our partners store|store and/or access information on a device|\
        legitimate interest|we use cookies|this site uses cookies|this website uses cookies|manage your consent|\
        we and our partners|personalised ads and content|personalized ads and content|your choices regarding cookies|\
        valoramos tu privacidad|tu privacidad es importante|aceptar todas las cookies|aceptar cookies|usamos cookies|\
        utilizamos cookies|nosotros y nuestros socios|configurar cookies|nous respectons votre vie privée|\
        votre vie privée|accepter les cookies|tout accepter|tout refuser|continuer sans accepter|nous et nos partenaires|\
        utilise des cookies|paramétrer les cookies|wir und unsere partner|alle akzeptieren|alle cookies akzeptieren|\
        cookies akzeptieren|zustimmen und weiter|mit werbung weiterlesen|ihre privatsphäre|privatsphäre einstellungen|\
        wir verwenden cookies|datenschutzeinstellungen|rispettiamo la tua privacy|accetta tutti|accetta e continua|\
        utilizziamo i cookie|noi e i nostri partner|valorizamos a sua privacidade|aceitar todos|usamos cookies para|\
        nós e os nossos parceiros|wij en onze partners|alles accepteren|cookies accepteren|wij gebruiken cookies|\
        wij waarderen uw privacy|мы используем файлы cookie|мы используем cookie|принять все|согласие на обработку|\
        نستخدم ملفات تعريف الارتباط|ملفات تعريف الارتباط|قبول الكل|نحن نقدر خصوصيتك|אנו משתמשים בעוגיות|קבל הכל|אישור עוגיות|\
        çerez kullanıyoruz|çerezleri kabul|tümünü kabul et|gizliliğinize önem|我们使用cookie|接受所有cookie|全部接受|隐私设置|\
        クッキーを使用|cookieを使用|すべて同意|同意して続ける|쿠키를 사용|모두 동의|używamy plików cookie|vi använder cookies|acceptera alla
        """

    private static let login = """
        subscribe to continue|subscribe to read|subscribe now to|to continue reading|to read the full|already a subscriber|\
        already have an account|log in to continue|sign in to continue|sign in to read|log in to read|register to continue|\
        create a free account|you have reached your limit|reached your article limit|free articles remaining|\
        this article is for subscribers|for subscribers only|subscribers only|exclusive to subscribers|start your free trial|\
        unlock this article|become a member to|continue reading with|suscríbete para|suscríbase para|ya eres suscriptor|\
        para seguir leyendo|contenido exclusivo para suscriptores|solo para suscriptores|inicia sesión para|\
        réservé aux abonnés|réservé à nos abonnés|abonnez-vous pour|déjà abonné|il vous reste|pour lire la suite|\
        connectez-vous pour|jetzt abonnieren|jetzt weiterlesen|weiterlesen mit|nur für abonnenten|bereits abonnent|\
        schon abonnent|anmelden um weiterzulesen|diesen artikel weiterlesen|abbonati per|riservato agli abbonati|sei già abbonato|\
        per continuare a leggere|assine para|exclusivo para assinantes|já é assinante|continue lendo|alleen voor abonnees|\
        word abonnee|al abonnee|verder lezen|оформите подписку|только для подписчиков|доступно по подписке|войдите чтобы|\
        للمشتركين فقط|اشترك لمواصلة|سجل الدخول لمتابعة|למנויים בלבד|כתבה למנויים|הירשמו כדי|התחברו כדי|abone olun|\
        sadece aboneler|okumaya devam etmek için|订阅后阅读|登录后继续|仅限订阅|会员专享|会員限定|有料会員|ログインして続き|続きを読むには|\
        残り文字|구독자 전용|로그인 후 이용|회원 전용|tylko dla prenumeratorów|endast för prenumeranter
        """

    private static let error = """
        page ^not found|^not found|^404|error ^404|page cannot be found|page can't be found|page could not be found|\
        page you requested|page you are looking for|page you were looking for|page doesn't exist|page does not exist|\
        page is no longer available|^something went wrong|internal server error|bad gateway|service unavailable|\
        ^temporarily unavailable|gateway timeout|^access denied|you don't have permission|^forbidden|request blocked|\
        ^has been blocked|site is under maintenance|down for maintenance|^technical difficulties|origin dns error|error 520|\
        error 522|error 1020|account suspended|domain is for sale|database connection|página no encontrada|no encontramos la página|\
        página que buscas|error del servidor|page introuvable|page non trouvée|page demandée|page que vous recherchez|\
        erreur serveur|seite nicht gefunden|seite wurde nicht gefunden|seite konnte nicht gefunden|seite existiert nicht|\
        gesuchte seite|zugriff verweigert|pagina non trovata|pagina richiesta|página não encontrada|não foi encontrada|\
        pagina ^niet gevonden|^niet gevonden|страница не найдена|страницы не существует|доступ запрещен|ошибка сервера|\
        الصفحة غير موجودة|لم يتم العثور على الصفحة|الصفحة التي تبحث عنها|הדף לא נמצא|העמוד לא נמצא|הדף המבוקש|sayfa bulunamadı|\
        aradığınız sayfa|erişim engellendi|页面不存在|找不到页面|页面未找到|無法找到|您访问的页面|服务器错误|ページが見つかりません|\
        お探しのページ|アクセスが拒否|페이지를 찾을 수 없습니다|요청하신 페이지|صفحه یافت نشد|nie znaleziono strony|sidan hittades inte
        """
}

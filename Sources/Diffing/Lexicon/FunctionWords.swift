extension Lexicon {
    /// Words that carry grammar. Negations and modal verbs are left out: they change what is said.
    static let functionWords: [(String, String)] = [
        (
            "en",
            """
            a an the of to in on at by for from with as and or but so than then that this these those it its he she they them \
            him her his hers their theirs we us our you your i me my mine who whom whose which what is are was were be been \
            being am has have had having do does did doing there here also into onto upon while when where if because \
            although though however meanwhile moreover about around over up out off through during both each such very just \
            even still yet already too s 's it's that's he's she's they're we're i'm i've we've there's himself herself \
            itself themselves among amongst within toward towards which per via whilst
            """
        ),
        (
            "fr",
            """
            le la les l' un une des du de d' à au aux en dans sur par pour avec et ou mais donc que qui quoi dont où qu' ce cet \
            cette ces c' il elle ils elles on nous vous je j' tu se s' son sa ses leur leurs lui y est sont était étaient été \
            être a ont avait avaient avoir eu plus très aussi ainsi alors comme si quand lors
            """
        ),
        (
            "es",
            """
            el la los las un una unos unas de del al a en con por para y e o u pero que quien cual cuyo donde cuando como se su \
            sus lo le les es son era eran fue fueron ser sido está están estaba ha han había haber también ya muy más este \
            esta estos estas ese esa eso entre sobre desde hasta
            """
        ),
        (
            "pt",
            """
            o a os as um uma de do da dos das em no na nos nas ao à aos às por pelo pela para com e ou mas que quem onde quando \
            como se seu sua seus suas lhe é são era eram foi foram ser sido está estão há tem também já muito mais este esta
            """
        ),
        (
            "it",
            """
            il lo la i gli le l' un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla in nel \
            nella nei nelle con su sul sulla per tra fra e ed o ma che chi cui dove quando come si suo sua suoi è sono era \
            erano essere stato stata ha hanno aveva anche già molto più questo questa
            """
        ),
        (
            "de",
            """
            der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus bei mit nach von vom zu \
            zum zur für über unter durch um als wie dass daß ob wenn weil er sie es wir ihr ihm ihn ihnen sein seine seiner \
            ihre ihrer sich ist sind war waren wird werden wurde wurden worden hat haben hatte hatten auch noch schon sehr so \
            dann da dort hier diese dieser dieses diesem diesen man
            """
        ),
        (
            "nl",
            """
            de het een van in op aan uit bij met naar voor door over te ten ter en of maar als dan dat die dit deze wie wat waar \
            hij zij ze we wij het hun haar zijn is was waren wordt werd worden heeft hebben had ook nog al zeer zo er om
            """
        ),
        (
            "ru",
            """
            и в во на с со к ко по из за от до у о об для при над под а но или что чтобы как так же ли бы это этот эта эти \
            этого он она они его её ее их ему им мы вы я который которая которые которого был была было были быть есть также \
            уже еще ещё очень где когда если то тот
            """
        ),
        (
            "uk",
            """
            і й та в у на з із до по за від для при про над під а але або що щоб як так же це цей ця ці він вона вони його її \
            їх ми ви я який яка які був була було були бути також вже ще дуже де коли якщо то
            """
        ),
        (
            "el",
            """
            ο η το οι τα του της των τον την τους τις στο στη στην στον στους στις στα ένας μια ένα και ή αλλά που πως ότι να θα \
            με σε από για είναι ήταν έχει έχουν είχε είχαν αυτός αυτή αυτό αυτοί επίσης
            """
        ),
        ("tr", "ve ile bir bu şu o da de ki için gibi olarak olan oldu ise ama veya ya çok daha en her onun onlar"),
        (
            "ar",
            """
            في من إلى الى على عن مع هذا هذه ذلك تلك التي الذي الذين و ف ب ل أن إن ان كان كانت كانوا هو هي هم قد ثم أو او كما \
            بعد قبل عند بين حتى منذ خلال حيث أي كل ما له لها لهم به بها فيه فيها عليه عليها وقد وكان وكانت
            """
        ),
        ("fa", "و در به از که این آن را با برای است بود شد شده می هم یا تا بر او آنها خود"),
        ("he", "של את על עם אל מן הוא היא הם הן זה זו זאת אלה אשר כי גם או אבל היה היתה הייתה היו יש כל בין אם עד"),
        ("hi", "है हैं था थे थी में की के का को से ने पर कि और भी यह वह ये वे हो तो या इस उस एक"),
        ("zh", "的 了 着 著 和 与 與 及 也 就 都 而 之 其 吗 嗎 呢 吧 啊 地 得 个 個 在 是 这 這 那 于 於"),
        ("ja", "は が を に へ と で も の や か ね よ て た し れ る い う ら り き く け こ そ さ せ す っ あ お え ど ば だ"),
        (
            "sv",
            """
            och i att det som en ett på är av för med till den de har om var från vid han hon sig så men eller hade också där \
            när vi
            """
        ),
        (
            "pl",
            "i w we na z ze do o od po za dla przy przez że jak to ten ta te jego jej ich się jest są był była było były oraz a ale lub"
        ),
    ]

    /// Verbs and adverbs that say who says so.
    static let attributionWords: [(String, String)] = [
        (
            "en",
            """
            said says saying told tells claimed claims claiming alleged allegedly alleges alleging according reported \
            reportedly reports stated announced announces asserted asserts insisted insists admitted admits acknowledged \
            acknowledges conceded concedes denied denies confirmed confirms argued argues warned warns suggested suggests \
            added adds noted notes declared declares explained explains remarked testified maintained maintains contended \
            contends revealed reveals disclosed purported purportedly supposedly so-called accused accuses believed \
            wrote quoted apparently stressed stresses described describes
            """
        ),
        (
            "fr",
            """
            dit affirme affirmé affirmait déclare déclaré selon prétend prétendu prétendument assure assuré annonce annoncé \
            indique indiqué précise précisé explique expliqué confirme confirmé dément démenti accuse accusé admet admis reconnu \
            présumé estime estimé ajouté souligné rapporté
            """
        ),
        (
            "es",
            """
            dijo dice dicho afirmó afirma declaró declara según aseguró asegura anunció confirmó confirma negó niega admitió \
            reconoció sostuvo explicó advirtió denunció acusó informó señaló indicó presunto presunta presuntamente supuesto \
            supuestamente añadió
            """
        ),
        (
            "pt",
            "disse diz afirmou afirma declarou segundo conforme anunciou confirmou negou admitiu alegou alega informou suposto"
        ),
        (
            "it",
            "detto dice afermato affermato dichiarato secondo annunciato confermato negato ammesso sostenuto presunto riferito"
        ),
        (
            "de",
            """
            sagte sagt gesagt erklärte erklärt behauptete behauptet laut zufolge teilte berichtete berichtet bestätigte \
            bestätigt bestritt dementierte warnte betonte angeblich mutmaßlich mutmaßliche mutmaßlichen räumte gab
            """
        ),
        (
            "nl",
            "zei zegt gezegd verklaarde volgens beweerde beweert meldde meldt bevestigde ontkende waarschuwde vermeende"
        ),
        (
            "ru",
            """
            сказал сказала сказали говорит заявил заявила заявили сообщил сообщила сообщили утверждает утверждал утверждают \
            согласно словам данным отметил отметила подчеркнул добавил подтвердил опроверг признал якобы предположительно
            """
        ),
        (
            "uk",
            "сказав сказала заявив заявила повідомив повідомила повідомили стверджує за словами зазначив додав нібито"
        ),
        ("el", "είπε δήλωσε ανέφερε υποστήριξε ισχυρίστηκε σύμφωνα ανακοίνωσε διαβεβαίωσε φέρεται"),
        ("tr", "dedi söyledi açıkladı belirtti iddia göre bildirdi duyurdu doğruladı yalanladı"),
        (
            "ar",
            """
            قال قالت وقال وقالت قالوا أعلن أعلنت وأعلن أكد أكدت وأكد زعم زعمت ادعى ادعت بحسب حسب وفق وفقا أفاد أفادت وأفاد صرح \
            صرحت أوضح أوضحت أضاف وأضاف ذكر ذكرت نفى نفت اتهم اتهمت
            """
        ),
        ("hi", "कहा बताया दावा आरोप कथित अनुसार बताते कहते"),
        ("fa", "گفت افزود اعلام اظهار مدعی تاکید"),
        ("he", "אמר אמרה אמרו טען טענה טענו לדברי לפי הודיע הודיעה מסר מסרה הכחיש הכחישה אישר לכאורה ציין הוסיף"),
        ("sv", "sade säger sa enligt hävdar hävdade uppger uppgav meddelade"),
        ("pl", "powiedział powiedziała twierdzi oświadczył poinformował według dodał rzekomo"),
    ]

    /// What names the source that comes after it.
    static let sources = """
        according selon según secondo segundo conforme laut volgens согласно словам данным σύμφωνα بحسب حسب وفق وفقا לדברי לפי \
        enligt według
        """

    /// What names the source before it.
    static let sourcesBefore = "zufolge göre अनुसार"

    static let titles = """
        mr mrs ms miss mx messrs herr frau herrn monsieur madame mme mlle señor señora sr sra signor signora sig dhr mevrouw \
        mevr г-н г-жа السيد السيدة מר גב' sayın श्री श्रीमती
        """
}

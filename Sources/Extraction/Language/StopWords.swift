/// The commonest short words of each language, by which texts in one script are told apart.
enum StopWords {
    struct Language: Sendable {
        let tag: String
        let script: Script
        let words: String
    }

    static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// FNV-1a over the letters in lower case.
    static func hash(_ hash: UInt64, _ scalar: Unicode.Scalar) -> UInt64 {
        (hash ^ UInt64(lowercase(scalar.value))) &* 0x100_0000_01B3
    }

    private static func lowercase(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x410...0x42F: value + 0x20
        case 0x400...0x40F: value + 0x50
        case 0x100...0x12F, 0x132...0x137, 0x14A...0x177, 0x218...0x21B: value | 1
        case 0x139...0x148, 0x179...0x17E: value + (value & 1)
        case 0x1E00...0x1EFF: value | 1
        default: value
        }
    }

    /// The languages that each word is common in.
    static let table: [UInt64: [Int]] = {
        var table: [UInt64: [Int]] = [:]
        for (index, language) in languages.enumerated() {
            for word in language.words.split(separator: " ") {
                table[word.unicodeScalars.reduce(emptyHash) { hash($0, $1) }, default: []].append(index)
            }
        }
        return table
    }()

    static let languages: [Language] = [
        Language(
            tag: "en", script: .latin,
            words:
                "the of and to in is that for was on with as by at from it has have had be are were he she they his her "
                + "their this which will would said who not but an after been its we you your our or if what when can about"
        ),
        Language(
            tag: "fr", script: .latin,
            words:
                "le la les de des du et à en un une est que qui dans pour sur par avec au aux pas ne se ce cette il elle "
                + "ils sont été plus ont a son sa ses leur mais ou vous nous votre l d qu après comme"),
        Language(
            tag: "de", script: .latin,
            words:
                "der die das und in den von zu mit dem des im für auf ist nicht ein eine einer einen sich auch es als an "
                + "nach bei aus wird sind hat war werden dass sie er wir ihre oder am zum zur über noch vor wurde haben"
        ),
        Language(
            tag: "es", script: .latin,
            words:
                "el la los las de del y en que un una es se por para con no su al lo como más sus ha han fue este esta "
                + "pero son entre desde sobre cuando también o le sin ya está había muy hasta nos usted tu dijo "
                + "durante tras según hubo fueron porque ante años donde"),
        Language(
            tag: "pt", script: .latin,
            words:
                "o a os as de do da dos das e em que um uma é se por para com não no na nos nas ao à mais sua seu foi são "
                + "como mas pelo pela ou também até entre depois sobre está ser têm disse você quando muito"),
        Language(
            tag: "it", script: .latin,
            words:
                "il lo la gli le di del della dei delle dello e è che in un una per con non si da dal dalla al alla ai "
                + "alle nel nella sono ha hanno anche più come ma se i su questo questa suo sua stato dopo essere o"),
        Language(
            tag: "tr", script: .latin,
            words:
                "ve bir bu da de için ile olarak daha çok en olan gibi sonra kadar ne ise ki o her ya değil var dedi "
                + "tarafından olduğunu olduğu göre ancak büyük iki yeni etti üzere karşı oldu"),
        Language(
            tag: "pl", script: .latin,
            words:
                "i w z na do się nie że to jest o od po za jak przez co ale dla są był było była oraz tym tego ten ta już "
                + "także roku przed który która które ich jego lub może we ze jako tak"),
        Language(
            tag: "nl", script: .latin,
            words:
                "de het een en van in is dat op te zijn voor met niet die aan er om ook als bij naar uit maar door over "
                + "hij zij ze wordt worden werd heeft hebben was nog tot kan dit deze u we of na"),
        Language(
            tag: "sv", script: .latin,
            words:
                "och i att det som en på är av för med den till inte om ett har de han hon var från vi sig men så kan nu "
                + "eller när också efter vid där ska skulle under sin mot ut"),
        Language(
            tag: "da", script: .latin,
            words:
                "og i at det som en på er af for med den til ikke om et har de han hun var fra vi sig men så kan nu eller "
                + "når også efter ved der skal ville under sin mod blev af ud hvor"),
        Language(
            tag: "nb", script: .latin,
            words:
                "og i at det som en på er av for med den til ikke om et har de han hun var fra vi seg men så kan nå eller "
                + "når også etter ved der skal ville under sin mot ble ut hvor sier"),
        Language(
            tag: "fi", script: .latin,
            words:
                "ja on ei se että oli hän ovat mutta myös kun joka mukaan kuin vain tai jos sen ole nyt hänen vielä olla "
                + "jotka sekä noin jo kanssa ennen jälkeen mitä"),
        Language(
            tag: "ro", script: .latin,
            words:
                "și de la în a cu pe un o din că nu se este sunt pentru care mai au fost al ale lui ei prin după dar sau "
                + "ce va fi iar până între această acest"),
        Language(
            tag: "cs", script: .latin,
            words:
                "a v se na je že s z do o i to k ve pro za by ale si po jako podle jsou byl bylo byla také nebo která "
                + "které který od při až už jeho jejich ze není mezi"),
        Language(
            tag: "hu", script: .latin,
            words:
                "a az és hogy nem is egy volt ez de meg csak már még mint azt el ki van vagy után szerint között pedig "
                + "amely több lesz ha majd arra sem"),
        Language(
            tag: "id", script: .latin,
            words:
                "yang dan di dari untuk dengan ini itu pada dalam tidak adalah akan oleh juga karena mereka telah sudah "
                + "bisa ke kepada sebagai tersebut saat kata para atau ada lebih"),
        Language(
            tag: "vi", script: .latin,
            words:
                "và của là có không được cho các một những trong với đã này người khi ở để từ vào tại đến về theo ra cũng "
                + "nhưng sẽ như trên"),
        Language(
            tag: "ca", script: .latin,
            words:
                "el la els les de del dels i en que un una és es per amb no al als més ha han seu seva aquest aquesta "
                + "però són entre des sobre quan també o sense fins molt hi ser"),
        Language(
            tag: "ru", script: .cyrillic,
            words: "и в не на что с по как из за к от о это для он его но а у она они до при был была было были также "
                + "который которые бы так же все после или об во со их уже только если ее может"),
        Language(
            tag: "uk", script: .cyrillic,
            words:
                "і в не на що з по як із за до від про це для він його але а у вона вони при був була було були також "
                + "який які б так же всі після або об та й їх уже тільки якщо її може є"),
        Language(
            tag: "bg", script: .cyrillic,
            words:
                "и в не на че с по като из за към от това е да се са той го но а у тя те до при беше също който които би "
                + "така след или във със им вече само ако й може ще"),
        Language(
            tag: "sr", script: .cyrillic,
            words:
                "и у не на да са по као из за ка од о то је се су он га али а она они до при био била било били такође "
                + "који која које би так све после или ће већ само ако"),
        Language(
            tag: "ar", script: .arabic,
            words:
                "في من على إلى أن عن التي الذي هذا هذه مع كان كانت ما لا قد بعد قبل بين كما وقد أو هو هي ذلك لم حيث خلال "
                + "وقال قال إن أنه أكثر منذ كل ضد حتى وكان وفي ومن غير بن تم ثم"),
        Language(
            tag: "fa", script: .arabic,
            words:
                "در از به که را این با است و آن برای بر شد شده شود تا یک هم می نیز اما خود کرد کرده های ها بود باید یا "
                + "گفت کند پس بین پیش دو اگر ایران هر"),
        Language(
            tag: "ur", script: .arabic,
            words:
                "کے کی میں ہے سے کا کو اور نے پر کہ ہیں اس یہ بھی نہیں ایک کر تھا تھے تھی ہو کہا لیے گیا گئے جو ان وہ بعد "
                + "ساتھ تو گی گا"),
        Language(
            tag: "ckb", script: .arabic,
            words: "لە بە و کە بۆ ئەو ئەم لەگەڵ سەر کرد بوو دەکات هەر یان هەیە ئەوەی نێوان دوای"),
        Language(
            tag: "hi", script: .devanagari,
            words: "के की में है से का को और ने पर कि हैं इस यह भी नहीं एक कर था थे थी हो कहा लिए गया गए जो उन वह बाद साथ तो"),
        Language(
            tag: "mr", script: .devanagari,
            words: "आणि या आहे व ते हे आहेत की तर मध्ये नाही होते होता असे त्या यांनी हा ही करण्यात केली केला झाली झाला"),
        Language(
            tag: "ne", script: .devanagari,
            words: "र छ को मा ले छन् गरेको भएको यो पनि हो गर्न भन्ने तथा लागि बाट भने थियो एक गरेका"),
    ]
}

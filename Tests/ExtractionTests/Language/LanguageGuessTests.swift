import Extraction
import Testing

@Suite("The language of a text")
struct LanguageGuessTests {
    @Test("a short report tells its language", arguments: reports)
    func language(_ tag: String, _ text: String) {
        #expect(LanguageGuess.tag(of: text) == tag)
    }

    static let reports: [(String, String)] = [
        (
            "en",
            "The mayor said that the bridge would stay closed for at least a week, and that nobody had been hurt in the accident."
        ),
        (
            "fr",
            "Le maire a déclaré que le pont resterait fermé pendant une semaine et que personne n'a été blessé dans l'accident."
        ),
        (
            "de",
            "Der Bürgermeister sagte, dass die Brücke für eine Woche gesperrt bleibt und dass bei dem Unfall niemand verletzt wurde."
        ),
        (
            "es",
            "El alcalde dijo que el puente seguirá cerrado durante una semana y que no hubo heridos en el accidente de la mañana."
        ),
        (
            "pt",
            "O prefeito disse que a ponte vai ficar fechada por uma semana e que não houve feridos no acidente da manhã de ontem."
        ),
        (
            "it",
            "Il sindaco ha detto che il ponte resterà chiuso per una settimana e che nessuno è stato ferito nell'incidente della mattina."
        ),
        (
            "nl",
            "De burgemeester zei dat de brug een week lang gesloten blijft en dat er bij het ongeluk niemand gewond is geraakt."
        ),
        (
            "sv",
            "Borgmästaren sade att bron kommer att vara stängd i en vecka och att ingen skadades i olyckan som inträffade på morgonen."
        ),
        (
            "da",
            "Borgmesteren sagde, at broen vil være lukket i en uge, og at ingen blev såret ved ulykken, der skete om morgenen efter en tåge."
        ),
        (
            "fi",
            "Pormestari sanoi, että silta on suljettu viikon ajan ja että kukaan ei ole loukkaantunut, mutta se on nyt hyvin vaikea."
        ),
        (
            "pl",
            "Burmistrz powiedział, że most będzie zamknięty przez tydzień i że w wypadku nikt nie został ranny, ale to nie jest pewne."
        ),
        (
            "cs",
            "Starosta řekl, že most bude zavřený po celý týden a že při nehodě se nikomu nic nestalo, ale není to jisté."
        ),
        (
            "ro",
            "Primarul a spus că podul va fi închis timp de o săptămână și că nimeni nu a fost rănit în accidentul de la ora opt."
        ),
        (
            "hu",
            "A polgármester azt mondta, hogy a híd egy hétig zárva lesz, és hogy a balesetben senki nem sérült meg, de ez még nem biztos."
        ),
        (
            "tr",
            "Belediye başkanı köprünün bir hafta boyunca kapalı kalacağını ve kazada kimsenin yaralanmadığını söyledi, ancak bu çok zor oldu."
        ),
        (
            "id",
            "Wali kota mengatakan bahwa jembatan itu akan ditutup selama satu minggu dan tidak ada yang terluka dalam kecelakaan di kota ini."
        ),
        (
            "vi",
            "Thị trưởng cho biết cây cầu sẽ bị đóng cửa trong một tuần và không có ai bị thương trong vụ tai nạn này, theo người dân."
        ),
        (
            "ru",
            "Мэр сказал, что мост будет закрыт на неделю и что в аварии никто не пострадал, но это ещё не всё, как он говорит."
        ),
        (
            "uk",
            "Мер сказав, що міст буде закритий на тиждень і що в аварії ніхто не постраждав, але це ще не все, як він каже."
        ),
        (
            "bg",
            "Кметът каза, че мостът ще бъде затворен за една седмица и че никой не е пострадал при катастрофата, но това не е всичко."
        ),
        ("el", "Ο δήμαρχος είπε ότι η γέφυρα θα μείνει κλειστή για μία εβδομάδα και ότι κανείς δεν τραυματίστηκε."),
        (
            "ar",
            "قال رئيس البلدية إن الجسر سيبقى مغلقا لمدة أسبوع على الأقل، وإنه لم يصب أحد في الحادث الذي وقع في الصباح."
        ),
        ("fa", "شهردار گفت که پل برای یک هفته بسته خواهد بود و در این حادثه که صبح روی داد کسی زخمی نشده است."),
        ("ur", "میئر نے کہا کہ پل ایک ہفتے کے لیے بند رہے گا اور اس حادثے میں کوئی زخمی نہیں ہوا ہے جو صبح ہوا تھا۔"),
        ("he", "ראש העיר אמר שהגשר יישאר סגור במשך שבוע ושאיש לא נפגע בתאונה שאירעה בבוקר."),
        ("zh", "市长表示，这座桥将关闭一周，事故中没有人受伤，调查仍在进行。"),
        ("ja", "市長は、橋が一週間閉鎖されると述べ、この事故でけがをした人はいないと話した。"),
        ("ko", "시장은 다리가 일주일 동안 폐쇄될 것이며 사고로 다친 사람은 없다고 말했다."),
        ("hi", "महापौर ने कहा कि पुल एक सप्ताह के लिए बंद रहेगा और इस दुर्घटना में कोई घायल नहीं हुआ है।"),
        ("bn", "মেয়র বলেছেন যে সেতুটি এক সপ্তাহের জন্য বন্ধ থাকবে এবং দুর্ঘটনায় কেউ আহত হয়নি।"),
        ("th", "นายกเทศมนตรีกล่าวว่าสะพานจะปิดเป็นเวลาหนึ่งสัปดาห์และไม่มีผู้ได้รับบาดเจ็บ"),
        ("ta", "பாலம் ஒரு வாரத்திற்கு மூடப்படும் என்றும் விபத்தில் யாரும் காயமடையவில்லை என்றும் மேயர் கூறினார்."),
        ("ka", "მერმა თქვა, რომ ხიდი ერთი კვირით დაიხურება და ავარიაში არავინ დაშავებულა."),
        ("hy", "Քաղաքապետն ասաց, որ կամուրջը փակ կլինի մեկ շաբաթ, և վթարի ժամանակ ոչ ոք չի տուժել։"),
        ("am", "ከንቲባው ድልድዩ ለአንድ ሳምንት ተዘግቶ እንደሚቆይ እና በአደጋው ማንም እንዳልተጎዳ ተናግረዋል።"),
    ]

    @Test("thirty languages and more are told apart")
    func breadth() {
        #expect(Set(Self.reports.map(\.0)).count >= 34)
    }

    @Test(
        "a text that is too short or of no language is left undecided",
        arguments: [
            "", "OK", "Aleppo", "Jane Doe", "2016", "12:30 – 14:00", "https://news.example/a/b", "!!! ??? …",
            "\u{0}\u{0}\u{0}",
        ])
    func unsure(_ text: String) {
        #expect(LanguageGuess.tag(of: text) == nil)
    }

    @Test("a quotation in another language does not decide")
    func quotation() {
        let text =
            "The minister said that it was over. \"La guerre est finie\", he told the crowd, which had been waiting in the square for hours."
        #expect(LanguageGuess.tag(of: text) == "en")
    }

    @Test("pieces give what the whole gives, and enough is enough")
    func pieces() {
        var guess = LanguageGuess()
        for sentence in Self.reports[0].1.split(separator: ",") { guess.read(sentence) }
        #expect(guess.tag == "en")
        for _ in 0..<200 { guess.read(Self.reports[0].1) }
        #expect(guess.isComplete)
        guess.read(String(repeating: Self.reports[17].1, count: 100))
        #expect(guess.tag == "en")
    }
}

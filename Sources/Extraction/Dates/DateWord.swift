/// What a word means in a date. Words are looked up folded (`TextFolding`), whatever the language of the text: no name
/// of a month means another month in another of the languages listed.
enum DateWord: Hashable {
    case month(Int)
    /// Days after Monday.
    case weekday(Int)
    /// French and Spanish shorten Tuesday (mardi, martes) as several languages shorten March.
    case marchOrTuesday
    case morning, afternoon
    /// Minutes east of UTC, of a zone name that always means the same offset.
    case zone(Int)
    case yearUnit, monthUnit, dayUnit, hourUnit, minuteUnit, secondUnit
    /// Announces a time of day written with a point: "kl. 14.05".
    case clockCue
    case published(english: Bool)
    case modified(english: Bool)
    /// A word that dates are joined with and that says nothing more.
    case joining(english: Bool)

    static func named(_ folded: some StringProtocol) -> DateWord? { named(Array(folded.unicodeScalars)[...]) }

    static func named(_ folded: ArraySlice<Unicode.Scalar>) -> DateWord? {
        hasOneSpelling(folded) ? hashed[hash(folded)] : table[String(String.UnicodeScalarView(folded))]
    }

    /// Whether letters and their signs can be written in one way only, so that words need not be brought into a normal form.
    private static func hasOneSpelling(_ folded: ArraySlice<Unicode.Scalar>) -> Bool {
        folded.allSatisfy {
            $0.value < 0x900 || (0x4E00...0x9FFF).contains($0.value) || (0xAC00...0xD7A3).contains($0.value)
        }
    }

    private static func hash(_ folded: some Sequence<Unicode.Scalar>) -> UInt64 {
        folded.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1.value)) &* 0x100_0000_01B3 }
    }

    private static let hashed = HashTable(
        Dictionary(table.map { (hash($0.key.unicodeScalars), $0.value) }) { first, _ in first })

    var isCalendarName: Bool {
        switch self {
        case .month, .weekday, .marchOrTuesday: true
        default: false
        }
    }

    var isLabel: Bool {
        switch self {
        case .published, .modified: true
        default: false
        }
    }

    /// Whether the word shows that the text is not English, and so that days come before months.
    var showsOtherLanguage: Bool {
        switch self {
        case .published(let english), .modified(let english), .joining(let english): !english
        default: false
        }
    }

    private static let table: [String: DateWord] = {
        var table: [String: DateWord] = [:]
        func add(_ words: String, _ meaning: DateWord) {
            for word in words.split(separator: " ") { table[TextFolding.fold(word)] = meaning }
        }
        for (index, words) in DateNames.months.enumerated() { add(words, .month(index + 1)) }
        for (index, words) in DateNames.weekdays.enumerated() { add(words, .weekday(index)) }
        add("mar", .marchOrTuesday)
        add("am صباحا ص الصباح 上午 午前 오전 달", .morning)
        add("pm مساء م المساء ظهرا 下午 午後 오후 晚上 بعدازظهر", .afternoon)
        for (minutes, words) in DateNames.zones { add(words, .zone(minutes)) }
        add("年 년", .yearUnit)
        add("月 월", .monthUnit)
        add("日 号 號 일", .dayUnit)
        add("時 时 點 点 시 h hs hrs uhr hours heures ساعت ч", .hourUnit)
        add("分 분 min mn мин", .minuteUnit)
        add("秒 초 s", .secondUnit)
        add("kl klo ore um alle godz godzina ore klockan", .clockCue)
        add(DateNames.joiningEnglish, .joining(english: true))
        add(DateNames.joiningOther, .joining(english: false))
        add(DateNames.publishedEnglish, .published(english: true))
        add(DateNames.publishedOther, .published(english: false))
        add(DateNames.modifiedEnglish, .modified(english: true))
        add(DateNames.modifiedOther, .modified(english: false))
        return table
    }()
}

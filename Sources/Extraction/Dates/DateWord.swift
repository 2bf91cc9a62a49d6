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

    static func named(_ folded: String) -> DateWord? { table[folded] }

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

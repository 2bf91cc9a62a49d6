import Models

/// Puts tokens together to a date, in whichever order they come.
struct DateGrammar {
    /// Which of two numbers below 13 is the day.
    private enum NumericOrder { case dayFirst, monthFirst, unknown }
    private let order: NumericOrder

    init(language: String?) {
        order =
            switch language.map({ TextFolding.fold($0) }) {
            case nil: .unknown
            case "en-us"?: .monthFirst
            case let tag? where tag == "en" || tag.hasPrefix("en-"):
                ["en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za"].contains(tag) ? .dayFirst : .unknown
            case let tag?: ["zh", "ja", "ko", "hu", "sv", "lt"].contains(tag.prefix(2)) ? .unknown : .dayFirst
            }
    }

    /// Nil unless all tokens belong to one date.
    func date(in tokens: ArraySlice<DateToken>) -> ArticleDate? {
        guard tokens.count <= 48 else { return nil }
        var rest = Array(tokens)
        let clock = DateClock(takingFrom: &rest)
        guard !rest.contains(where: \.isUnknown), let day = day(in: rest) else { return nil }
        return ArticleDate(day: day, secondOfDay: clock?.secondOfDay, offset: clock?.offset)
    }

    /// The first date in a run of tokens that dates use: the longest one at its place, so that the time is not lost.
    func firstDate(in run: ArraySlice<DateToken>) -> ArticleDate? {
        guard run.contains(where: { $0.digits == 4 || $0.digits == 8 }) else { return nil }
        for start in run.indices where run[start].isNumber || run[start].word?.isCalendarName == true {
            for end in stride(from: min(run.endIndex, start + 24), to: start + 2, by: -1) {
                if let date = date(in: run[start..<end]) { return date }
            }
        }
        return nil
    }

    private func day(in tokens: [DateToken]) -> CivilDate? {
        var parts = DateParts()
        for token in tokens {
            guard parts.take(token) else { return nil }
        }
        parts.settle()
        if parts.months.isEmpty { return parts.hasUnits ? parts.dayFromUnits : numericDay(parts) }
        guard parts.months.count == 1, let month = parts.months.first else { return nil }
        let numbers = parts.numbers
        switch numbers.count {
        case 2 where numbers[1].digits == 4 && numbers[0].digits <= 2:
            return CivilDate(year: numbers[1].value, month: month, day: numbers[0].value)
        case 2 where numbers[0].digits == 4 && numbers[1].digits <= 2 && parts.monthPosition > 0:
            return CivilDate(year: numbers[0].value, month: month, day: numbers[1].value)
        case 2 where numbers[1].digits == 2 && numbers[0].digits <= 2 && parts.monthPosition == 1:
            return CivilDate(year: fullYear(numbers[1].value), month: month, day: numbers[0].value)
        default: return nil
        }
    }

    private func numericDay(_ parts: DateParts) -> CivilDate? {
        let numbers = parts.numbers
        if numbers.count == 1, numbers[0].digits == 8 {
            let value = numbers[0].value
            return CivilDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
        }
        guard numbers.count == 3, let sign = parts.sign else { return nil }
        let (a, b, c) = (numbers[0], numbers[1], numbers[2])
        guard b.digits <= 2 else { return nil }
        if a.digits == 4, c.digits <= 2 { return CivilDate(year: a.value, month: b.value, day: c.value) }
        guard a.digits <= 2 else { return nil }
        let year: Int
        switch c.digits {
        case 4: year = c.value
        case 2 where sign == "." && order == .dayFirst: year = fullYear(c.value)
        default: return nil
        }
        let dayFirst = CivilDate(year: year, month: b.value, day: a.value)
        let monthFirst = CivilDate(year: year, month: a.value, day: b.value)
        if sign == "." || !monthFirst.isValid || dayFirst == monthFirst { return dayFirst }
        if !dayFirst.isValid { return monthFirst }
        if let weekday = parts.weekday, Self.weekday(dayFirst) != Self.weekday(monthFirst) {
            if Self.weekday(dayFirst) == weekday { return dayFirst }
            if Self.weekday(monthFirst) == weekday { return monthFirst }
        }
        if parts.showsOtherLanguage && order != .monthFirst { return dayFirst }
        switch order {
        case .dayFirst: return dayFirst
        case .monthFirst: return monthFirst
        case .unknown: return nil
        }
    }

    /// Days after Monday.
    private static func weekday(_ date: CivilDate) -> Int { ((date.daysSinceEpoch + 3) % 7 + 7) % 7 }

    private func fullYear(_ twoDigits: Int) -> Int { twoDigits >= 70 ? 1900 + twoDigits : 2000 + twoDigits }
}

/// The tokens of a day, sorted by what they are.
private struct DateParts {
    struct Number {
        let value: Int
        let digits: Int
        var unit: DateWord?
    }
    private(set) var numbers: [Number] = []
    private(set) var months: [Int] = []
    /// How many numbers stand before the month.
    private(set) var monthPosition = 0
    private(set) var weekday: Int?
    private(set) var showsOtherLanguage = false
    private var maybeMarch: Int?
    /// What stands between the first, second and third number; an empty list where nothing does.
    private var signs: [[Unicode.Scalar]] = [[], [], [], []]

    var hasUnits: Bool { numbers.contains { $0.unit != nil } }

    mutating func take(_ token: DateToken) -> Bool {
        switch token.kind {
        case .number(let value, let digits):
            guard numbers.count < 3 else { return false }
            numbers.append(Number(value: value, digits: digits))
        case .symbol(let sign):
            guard numbers.count < 3 else { return true }
            signs[numbers.count].append(sign)
        case .word(let word): return take(word)
        case .unknown: return false
        }
        return true
    }

    private mutating func take(_ word: DateWord) -> Bool {
        showsOtherLanguage = showsOtherLanguage || word.showsOtherLanguage
        switch word {
        case .month(let month):
            // "نوفمبر/تشرين الثاني": one month under both its names.
            guard months.last != month else { return true }
            months.append(month)
            monthPosition = numbers.count
        case .marchOrTuesday: maybeMarch = numbers.count
        case .weekday(let day): weekday = day
        case .yearUnit, .monthUnit, .dayUnit:
            // "(月)" and "(日)" behind the date are days of the week.
            guard let last = numbers.indices.last, numbers[last].unit == nil else { return word != .yearUnit }
            numbers[last].unit = word
        case .hourUnit, .minuteUnit, .secondUnit: return false
        // "am" is German too: "am 3. November 2016".
        case .morning, .afternoon, .zone, .clockCue, .published, .modified, .joining: break
        }
        return true
    }

    mutating func settle() {
        guard months.isEmpty, let maybeMarch else { return }
        months = [3]
        monthPosition = maybeMarch
    }

    var dayFromUnits: CivilDate? {
        guard numbers.count == 3, numbers[0].unit == .yearUnit, numbers[0].digits == 4, numbers[1].unit == .monthUnit,
            numbers[2].unit == .dayUnit || numbers[2].unit == nil
        else { return nil }
        return CivilDate(year: numbers[0].value, month: numbers[1].value, day: numbers[2].value)
    }

    /// The sign of "3/11/2016", the same on both sides.
    var sign: Unicode.Scalar? {
        guard signs[1].count == 1, signs[1] == signs[2], let sign = signs[1].first, ["-", "/", "."].contains(sign)
        else {
            return nil
        }
        return sign
    }
}

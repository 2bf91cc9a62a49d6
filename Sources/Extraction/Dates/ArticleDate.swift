package import Models

/// A date as pages and texts write it, in the form that `Revision.published` and `Revision.modified` use.
///
/// ISO 8601: `2016-11-03`; `2016-11-03T14:05:00Z` or `2016-11-03T14:05:00+02:00` with the offset that was given or that a
/// named zone has at all times (EDT, CET …); `2016-11-03T14:05:00` where a time was given without a zone, or with one
/// that does not say its offset (ET, MSK, IST …): none is invented. Fractions of a second are dropped.
///
/// Independent of the machine's clock, time zone and locale: relative dates ("3 hours ago") and dates without a year are
/// not read. Years from 1600 to 2200 of the Gregorian calendar.
package struct ArticleDate: Hashable, Sendable, CustomStringConvertible {
    package let day: CivilDate
    /// Seconds since midnight, local to the offset.
    package let secondOfDay: Int?
    /// Minutes east of UTC; nil when there is no time of day, or its zone is not known.
    package let offset: Int?

    static let years = 1600...2200

    /// Text longer than this is no date.
    static let longestText = 160

    init?(day: CivilDate, secondOfDay: Int? = nil, offset: Int? = nil) {
        guard day.isValid, Self.years.contains(day.year) else { return nil }
        self.day = day
        self.secondOfDay = secondOfDay
        self.offset = secondOfDay == nil ? nil : offset
    }

    /// Reads `text`, which must be a date and nothing else than labels ("Published:", "Updated on", "Дата:").
    ///
    /// - Parameter language: BCP 47; settles dates such as 3/11/2016 (month first in `en-US`, day first in most others;
    ///   with nil or plain `en` such a date is read only if its day is above 12, or a weekday or a label in another
    ///   language settles it).
    package init?(reading text: some StringProtocol, language: String? = nil) {
        guard text.utf8.count <= Self.longestText, DateTokens.mayHaveDigits(1, in: text),
            let scanned = DateTokens.scan(text, keepUnknown: true),
            let date = DateGrammar(language: language).date(in: scanned[...])
        else { return nil }
        self = date
    }

    /// Reads the value of a machine-readable field: what `init(reading:)` reads, and Unix time in seconds or
    /// milliseconds (of 1990 to 2200).
    package init?(metadata text: some StringProtocol, language: String? = nil) {
        if let epoch = Self.unixTime(text) { self = epoch } else { self.init(reading: text, language: language) }
    }

    /// The first date inside a short line ("BEIRUT, Nov 2, 2016 (Reuters)"), and nil in a longer one.
    package static func find(in line: some StringProtocol, language: String? = nil) -> ArticleDate? {
        guard line.utf8.count <= 2 * longestText, DateTokens.mayHaveDigits(4, in: line),
            let tokens = DateTokens.scan(line, keepUnknown: true)
        else {
            return nil
        }
        let grammar = DateGrammar(language: language)
        for run in tokens.split(whereSeparator: \.isUnknown) {
            if let date = grammar.firstDate(in: run) { return date }
        }
        return nil
    }

    /// Whether the line is nothing but a date or a time, readable or not: page clocks ("FRI 26 - 4 - 2024",
    /// "Friday, April 26 | 10:33 GMT") as well as full dates, with or without labels.
    package static func isDateLine(_ line: some StringProtocol) -> Bool {
        guard line.utf8.count <= longestText, let tokens = DateTokens.scan(line, keepUnknown: false) else {
            return false
        }
        var numbers = 0
        var names = false
        var clock = false
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .number(_, let digits):
                guard digits <= 4 else { return digits == 8 || digits == 14 }
                numbers += 1
            case .word(let word): names = names || word.isCalendarName
            case .symbol(let symbol): clock = clock || (symbol == ":" && index > 0 && tokens[index - 1].isNumber)
            case .unknown: return false
            }
        }
        return numbers >= 3 || (numbers > 0 && (names || clock)) || (names && tokens.count == 1)
    }

    /// The moment, where an offset is known.
    package var timestamp: Timestamp? {
        guard let secondOfDay, let offset else { return nil }
        return Timestamp(clampingSeconds: Int64(day.daysSinceEpoch * 86_400 + secondOfDay - offset * 60))
    }

    package var description: String {
        guard let secondOfDay else { return day.description }
        let clock = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map(Self.two).joined(separator: ":")
        let zone =
            switch offset {
            case nil: ""
            case 0?: "Z"
            case let minutes?:
                (minutes < 0 ? "-" : "+") + Self.two(abs(minutes) / 60) + ":" + Self.two(abs(minutes) % 60)
            }
        return "\(day)T\(clock)\(zone)"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func unixTime(_ text: some StringProtocol) -> ArticleDate? {
        let digits = text.utf8.drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
        let rest = text.utf8.drop { $0 == 0x20 }.dropFirst(digits.count).filter { $0 != 0x20 }
        let fractionOnly =
            rest.isEmpty || (rest.first == 0x2E && rest.dropFirst().allSatisfy { (0x30...0x39).contains($0) })
        guard fractionOnly, (9...10).contains(digits.count) || (12...13).contains(digits.count) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let seconds = digits.count > 10 ? value / 1000 : value
        let date = CivilDate(daysSinceEpoch: seconds / 86_400)
        guard (1990...2200).contains(date.year) else { return nil }
        return ArticleDate(day: date, secondOfDay: seconds % 86_400, offset: 0)
    }
}

/// A time of day, with its offset where the text says it.
struct DateClock {
    private(set) var secondOfDay: Int
    private(set) var offset: Int?

    /// Finds the time in the tokens and removes what belongs to it. Nil, and nothing removed, when there is none.
    init?(takingFrom tokens: inout [DateToken]) {
        var found: (range: Range<Int>, seconds: Int)?
        for index in tokens.indices {
            found =
                Self.digital(tokens, index) ?? Self.compact(tokens, index) ?? Self.withUnits(tokens, index)
                ?? Self.pointed(tokens, index) ?? Self.bareHour(tokens, index)
            if found != nil { break }
        }
        guard var (range, seconds) = found, Self.applyMeridiem(tokens, &range, &seconds) else { return nil }
        guard seconds < 86_400 else { return nil }
        if Self.word(tokens, range.upperBound) == .hourUnit { range = range.lowerBound..<range.upperBound + 1 }
        secondOfDay = seconds
        offset = Self.takeZone(tokens, &range)
        tokens.removeSubrange(range)
    }

    /// 14:05, 14:05:30, 14:05:30.123
    private static func digital(_ tokens: [DateToken], _ at: Int) -> (Range<Int>, Int)? {
        guard let hour = hour(tokens, at), sign(tokens, at + 1, ":"), let minute = sixty(tokens, at + 2) else {
            return nil
        }
        guard sign(tokens, at + 3, ":"), let second = sixty(tokens, at + 4) else {
            return (at..<at + 3, hour * 3600 + minute * 60)
        }
        var end = at + 5
        let point = sign(tokens, end, ".") || (sign(tokens, end, ",") && !spaced(tokens, end + 1))
        if point, end + 1 < tokens.count, tokens[end + 1].isNumber, !tokens[end + 1].spaceBefore { end += 2 }
        return (at..<end, hour * 3600 + minute * 60 + second)
    }

    /// 20161103T140500, 2016-11-03T1405
    private static func compact(_ tokens: [DateToken], _ at: Int) -> (Range<Int>, Int)? {
        guard at > 1, tokens[at - 1].word == .joining(english: true), !tokens[at].spaceBefore,
            !tokens[at - 1].spaceBefore,
            tokens[at - 2].isNumber, let value = tokens[at].number, tokens[at].digits == 6 || tokens[at].digits == 4
        else { return nil }
        let (hour, minute, second) =
            tokens[at].digits == 6 ? (value / 10_000, value / 100 % 100, value % 100) : (value / 100, value % 100, 0)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return (at..<at + 1, hour * 3600 + minute * 60 + second)
    }

    /// 14h05, 14 h, 14时05分, 오후 2시 5분, 14 Uhr is `bareHour`
    private static func withUnits(_ tokens: [DateToken], _ at: Int) -> (Range<Int>, Int)? {
        guard let hour = hour(tokens, at), word(tokens, at + 1) == .hourUnit else { return nil }
        guard let minute = sixty(tokens, at + 2), tokens[at + 2].digits <= 2, word(tokens, at + 3) != .monthUnit,
            !isCalendarName(tokens, at + 3), !["/", "-", "."].contains(where: { sign(tokens, at + 3, $0) })
        else { return (at..<at + 2, hour * 3600) }
        var end = word(tokens, at + 3) == .minuteUnit ? at + 4 : at + 3
        var seconds = hour * 3600 + minute * 60
        if end == at + 4, let second = sixty(tokens, end), word(tokens, end + 1) == .secondUnit {
            seconds += second
            end += 2
        }
        return (at..<end, seconds)
    }

    /// "kl. 14.05", "14.05 Uhr", "2.05pm"
    private static func pointed(_ tokens: [DateToken], _ at: Int) -> (Range<Int>, Int)? {
        guard let hour = hour(tokens, at), sign(tokens, at + 1, "."), let minute = sixty(tokens, at + 2),
            tokens[at + 2].digits == 2, !tokens[at + 2].spaceBefore,
            !sign(tokens, at + 3, ".") || at + 4 == tokens.count
        else { return nil }
        let cued = word(tokens, at - 1) == .clockCue || (sign(tokens, at - 1, ".") && word(tokens, at - 2) == .clockCue)
        let after = word(tokens, at + 3)
        guard
            cued || isZone(after) || after == .clockCue || after == .hourUnit || after == .morning
                || after == .afternoon
        else { return nil }
        return (at..<at + (after == .hourUnit ? 4 : 3), hour * 3600 + minute * 60)
    }

    /// "2 p.m.", "14 Uhr"
    private static func bareHour(_ tokens: [DateToken], _ at: Int) -> (Range<Int>, Int)? {
        guard let hour = hour(tokens, at) else { return nil }
        switch word(tokens, at + 1) {
        case .morning?, .afternoon?: return hour <= 12 ? (at..<at + 1, hour * 3600) : nil
        case .clockCue?: return Self.hour(tokens, at + 2) == nil ? (at..<at + 2, hour * 3600) : nil
        default: return nil
        }
    }

    private static func applyMeridiem(_ tokens: [DateToken], _ range: inout Range<Int>, _ seconds: inout Int) -> Bool {
        var meridiem = word(tokens, range.upperBound)
        if meridiem == .morning || meridiem == .afternoon {
            range = range.lowerBound..<range.upperBound + 1
        } else {
            meridiem = word(tokens, range.lowerBound - 1)
            guard meridiem == .morning || meridiem == .afternoon else { return true }
            range = range.lowerBound - 1..<range.upperBound
        }
        let hour = seconds / 3600
        if meridiem == .morning, hour == 12 { seconds -= 12 * 3600 }
        if meridiem == .afternoon, hour < 12 { seconds += 12 * 3600 }
        return true
    }

    /// `Z`, `+02:00`, `-0400`, `GMT+2`, `EDT`, `UTC (Coordinated Universal Time)`, `+02:00[Europe/Berlin]`.
    private static func takeZone(_ tokens: [DateToken], _ range: inout Range<Int>) -> Int? {
        var end = range.upperBound
        while sign(tokens, end, ".") || word(tokens, end) == .joining(english: false) { end += 1 }
        let bracketed = sign(tokens, end, "(")
        if bracketed { end += 1 }
        var offset: Int?
        if case .zone(let minutes)? = word(tokens, end) {
            offset = minutes
            end += 1
        }
        if offset == nil || offset == 0, let (minutes, length) = numericOffset(tokens, end, afterName: offset != nil) {
            offset = minutes
            end += length
        }
        guard let offset else { return nil }
        if bracketed, sign(tokens, end, ")") { end += 1 }
        for (open, close) in [("(", ")"), ("[", "]")] as [(Unicode.Scalar, Unicode.Scalar)]
        where sign(tokens, end, open) {
            guard let closing = tokens[end...].firstIndex(where: { $0.isSymbol(close) }) else { continue }
            end = closing + 1
        }
        range = range.lowerBound..<end
        return offset
    }

    private static func numericOffset(_ tokens: [DateToken], _ at: Int, afterName: Bool) -> (Int, Int)? {
        guard at + 1 < tokens.count, sign(tokens, at, "+") || sign(tokens, at, "-"), !tokens[at + 1].spaceBefore,
            let value = tokens[at + 1].number
        else { return nil }
        let direction = sign(tokens, at, "+") ? 1 : -1
        let minutes: Int
        var length = 2
        switch tokens[at + 1].digits {
        case 4: minutes = value / 100 * 60 + value % 100
        case 1, 2:
            if sign(tokens, at + 2, ":"), let more = sixty(tokens, at + 3) {
                minutes = value * 60 + more
                length = 4
            } else if direction > 0 || afterName || !tokens[at].spaceBefore {
                minutes = value * 60
            } else {
                return nil
            }
        default: return nil
        }
        return minutes <= 14 * 60 ? (direction * minutes, length) : nil
    }

    private static func hour(_ tokens: [DateToken], _ at: Int) -> Int? {
        guard tokens.indices.contains(at), let value = tokens[at].number, tokens[at].digits <= 2, value < 24 else {
            return nil
        }
        return value
    }

    private static func sixty(_ tokens: [DateToken], _ at: Int) -> Int? {
        guard tokens.indices.contains(at), let value = tokens[at].number, tokens[at].digits <= 2, value < 60 else {
            return nil
        }
        return value
    }

    private static func sign(_ tokens: [DateToken], _ at: Int, _ sign: Unicode.Scalar) -> Bool {
        tokens.indices.contains(at) && tokens[at].isSymbol(sign)
    }

    private static func spaced(_ tokens: [DateToken], _ at: Int) -> Bool {
        tokens.indices.contains(at) && tokens[at].spaceBefore
    }

    private static func word(_ tokens: [DateToken], _ at: Int) -> DateWord? {
        tokens.indices.contains(at) ? tokens[at].word : nil
    }

    private static func isZone(_ word: DateWord?) -> Bool { if case .zone? = word { true } else { false } }

    private static func isCalendarName(_ tokens: [DateToken], _ at: Int) -> Bool {
        word(tokens, at)?.isCalendarName == true
    }
}

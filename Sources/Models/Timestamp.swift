/// A moment in UTC, to the millisecond, written as RFC 3339 in exactly one way.
///
/// The years 0000 to 9999 of the proleptic Gregorian calendar; leap seconds are read as the second before.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    private static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// Nil outside the years 0000 to 9999, which RFC 3339 cannot write.
    public init?(milliseconds: Int64) {
        guard Self.range.contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    /// Moments outside the years 0000 to 9999 are moved to the nearest one inside.
    public init(clampingSeconds seconds: Int64) {
        let inside = min(max(seconds, Self.range.lowerBound / 1000), Self.range.upperBound / 1000)
        milliseconds = inside * 1000
    }

    /// Reads RFC 3339, with any offset; `T` and `Z` in either case, a space for `T` allowed.
    public init?(_ text: some StringProtocol) {
        var reader = DigitReader(text.utf8)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), CivilDate(year: year, month: month, day: day).isValid,
            reader.skip("T") || reader.skip("t") || reader.skip(" "),
            let hour = reader.number(2), hour < 24, reader.skip(":"), let minute = reader.number(2), minute < 60,
            reader.skip(":"), let second = reader.number(2), second <= 60
        else { return nil }
        var fraction: Int64 = 0
        if reader.skip(".") {
            guard let parsed = reader.fraction() else { return nil }
            fraction = parsed
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + min(second, 59)) - Int64(offset * 60)
        self.init(milliseconds: seconds * 1000 + fraction)
    }

    /// Nil unless `text` is exactly what `description` writes for some moment.
    package init?(canonical text: String) {
        guard let parsed = Timestamp(text), Array(parsed.description.utf8) == Array(text.utf8) else { return nil }
        self = parsed
    }

    /// `2026-03-02T06:40:00Z`, with `.mmm` before the `Z` only where the milliseconds are not zero.
    public var description: String {
        let seconds = floorDivide(milliseconds, 1000)
        let fraction = Int(milliseconds - seconds * 1000)
        let days = floorDivide(seconds, 86_400)
        let inDay = Int(seconds - days * 86_400)
        let clock = "\(two(inDay / 3600)):\(two(inDay / 60 % 60)):\(two(inDay % 60))"
        let tail = fraction == 0 ? "" : "." + padded(fraction, 3)
        return "\(CivilDate(daysSinceEpoch: Int(days)))T\(clock)\(tail)Z"
    }

    /// The UTC day.
    package var date: CivilDate { CivilDate(daysSinceEpoch: Int(floorDivide(milliseconds, 86_400_000))) }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
}

/// A day of the proleptic Gregorian calendar, with no time zone.
package struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// From the count of days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    package init(daysSinceEpoch: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package var daysSinceEpoch: Int {
        let year = month <= 2 ? self.year - 1 : self.year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package var isValid: Bool {
        (0...9999).contains(year) && (1...12).contains(month) && (1...31).contains(day)
            && CivilDate(daysSinceEpoch: daysSinceEpoch) == self
    }

    /// `2016-11-03`.
    package var description: String { "\(padded(year, 4))-\(two(month))-\(two(day))" }

    package static func < (a: CivilDate, b: CivilDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }
}

private func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : (a - b + 1) / b }
private func two(_ number: Int) -> String { padded(number, 2) }
private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Reads fixed-width numbers from ASCII.
private struct DigitReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    var isAtEnd: Bool { at == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard at + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[at..<at + width] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        at += width
        return value
    }

    /// The digits after the point, cut to milliseconds.
    mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var digits = 0
        while at < bytes.count, (48...57).contains(bytes[at]) {
            if digits < 3 { value = value * 10 + Int64(bytes[at] - 48) }
            digits += 1
            at += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 3)..<3 { value *= 10 }
        return value
    }

    /// Minutes east of UTC.
    mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = number(2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

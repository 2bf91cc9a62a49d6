package import Models

/// Times as HTTP heads (RFC 9110, 5.6.7) and RSS feeds (RFC 822, RFC 5322) write them, and as RFC 3339 and W3C's profile of ISO 8601 do.
package enum InternetDate {
    /// Nil for what is no time.
    package static func parse(_ text: String) -> Timestamp? {
        let text = text.trimmingSpace()
        guard text.utf8.count <= 64 else { return nil }
        if let time = Timestamp(text) { return time }
        let isNumeric = text.utf8.prefix(5).last == UInt8(ascii: "-")
        return isNumeric ? parseShort(text) : parseNamed(text)
    }

    /// `2026-03-02`, `2026-03-02T06:40Z`, `2026-03-02T06:40:00` (taken as UTC), `2026-03-02T06:40:00+0100`.
    private static func parseShort(_ text: String) -> Timestamp? {
        if text.utf8.count == 10 { return Timestamp(text + "T00:00:00Z") }
        var day = String(text.prefix(10)) + "T"
        let rest = text.dropFirst(11)
        let time = rest.prefix { $0 != "Z" && $0 != "z" && $0 != "+" && $0 != "-" }
        day += time.split(separator: ":").count == 2 ? "\(time):00" : time
        var zone = String(rest.dropFirst(time.count))
        if zone.isEmpty { zone = "Z" }
        if zone.utf8.count == 5, let sign = zone.first {
            zone = "\(sign)\(zone.dropFirst().prefix(2)):\(zone.suffix(2))"
        }
        return Timestamp(day + zone)
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let zones = [
        "gmt": 0, "ut": 0, "utc": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
        "mdt": -360, "pst": -480, "pdt": -420, "bst": 60, "cet": 60, "cest": 120,
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `06 Nov 94 08:49 +0100`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
    private static func parseNamed(_ text: String) -> Timestamp? {
        var words = text.lowercased().split { " ,-\t".contains($0) }.map(String.init)
        // The sign of an offset went with the dashes of a date.
        let offsetSign = text.lastIndex { $0 == "-" || $0 == "+" }.map { text[$0] == "-" ? -1 : 1 } ?? 1
        guard let month = words.firstIndex(where: { months.contains(String($0.prefix(3))) }),
            let number = months.firstIndex(of: String(words[month].prefix(3)))
        else { return nil }
        if month + 1 < words.count, month > 0, Int(words[month - 1]) == nil, words.count == month + 4 {
            // asctime: the year stands last.
            words = [words[month + 1], words[month], words[month + 3], words[month + 2]]
        } else {
            guard month > 0 else { return nil }
            words = Array(words[(month - 1)...])
        }
        guard words.count >= 3, let day = Int(words[0]), var year = Int(words[2]) else { return nil }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        let clock = words.count > 3 ? words[3].split(separator: ":").compactMap { Int($0) } : [0, 0]
        guard clock.count >= 2, (1...31).contains(day), (1...9999).contains(year) else { return nil }
        let seconds = clock.count > 2 ? clock[2] : 0
        let stated = Timestamp(
            "\(padded(year, 4))-\(padded(number + 1, 2))-\(padded(day, 2))T\(padded(clock[0], 2)):\(padded(clock[1], 2)):\(padded(seconds, 2))Z"
        )
        guard let stated else { return nil }
        let minutes = words.count > 4 ? offset(words[4], sign: offsetSign) : 0
        return Timestamp(milliseconds: stated.milliseconds - Int64(minutes) * 60_000)
    }

    private static func offset(_ zone: String, sign: Int) -> Int {
        if let known = zones[zone] { return known }
        let digits = zone.filter(\.isNumber)
        guard digits.count == 4, let number = Int(digits) else { return 0 }
        return sign * (number / 100 * 60 + number % 100)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

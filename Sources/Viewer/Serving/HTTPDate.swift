package import Models

/// Times as HTTP writes them, RFC 9110 section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Parts of a second are left out.
    package static func text(_ time: Timestamp) -> String {
        let date = time.date
        let day = ((date.daysSinceEpoch + 4) % 7 + 7) % 7
        let iso = time.description
        return "\(days[day]), \(iso.dropFirst(8).prefix(2)) \(months[date.month - 1]) \(iso.prefix(4)) "
            + "\(iso.dropFirst(11).prefix(8)) GMT"
    }

    /// Nil for what is not in that form: RFC 7089 section 2.1.1.1 allows no other. The name of the day need not fit.
    package static func parse(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 6, words[0].utf8.count == 4, words[0].hasSuffix(","),
            days.contains(where: { $0.lowercased() == words[0].dropLast().lowercased() }),
            words[1].utf8.count == 2, words[3].utf8.count == 4, words[4].utf8.count == 8,
            words[5].uppercased() == "GMT",
            let month = months.firstIndex(where: { $0.lowercased() == words[2].lowercased() })
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }
}

/// Times in addresses, as wayback machines write them: `20260302064000`.
package enum StampText {
    package static func text(_ time: Timestamp) -> String {
        String(time.description.prefix(19).filter { $0 != "-" && $0 != ":" && $0 != "T" })
    }

    /// 4 to 14 digits: what is left out begins with the first month, day, hour, minute or second.
    package static func parse(_ text: some StringProtocol) -> Timestamp? {
        let digits = Array(text.utf8)
        guard (4...14).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let whole = String(decoding: digits + Array("00000101000000".utf8)[digits.count...], as: UTF8.self)
        func part(_ from: Int, _ count: Int) -> Substring { whole.dropFirst(from).prefix(count) }
        return Timestamp(
            "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(8, 2)):\(part(10, 2)):\(part(12, 2))Z")
    }
}

internal import Models

/// A text of unknown language with the direction in which it runs.
struct DirectedText: Sendable {
    let text: String
    let dir: String

    init(_ text: String) {
        self.text = text
        dir = (TextDirection.ofMost(text) ?? .leftToRight).rawValue
    }
}

/// A moment as readers and machines have it.
struct TimeText: Sendable {
    /// RFC 3339.
    let iso: String
    /// `2026-03-01 14:05 UTC`, with seconds where they are not zero.
    let text: String
    /// `2026-03-01`.
    let day: String

    init(_ time: Timestamp) {
        iso = time.description
        day = String(iso.prefix(10))
        let clock = iso.dropFirst(11).prefix(8)
        text = "\(day) \(clock.hasSuffix(":00") ? clock.dropLast(3) : clock) UTC"
    }
}

/// Numbers with their nouns.
enum Counted {
    static func text(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// `1 234 567`, with narrow spaces that do not break.
    static func grouped(_ count: Int) -> String {
        let digits = String(count)
        guard digits.utf8.count > 4 else { return digits }
        var out = ""
        for (at, digit) in digits.enumerated() {
            if at > 0, (digits.count - at) % 3 == 0 { out += "\u{202F}" }
            out.append(digit)
        }
        return out
    }

    static func bytes(_ count: Int) -> String {
        switch count {
        case ..<1000: return text(count, "byte")
        case ..<1_000_000: return "\(tenths(count, 1000)) kB"
        case ..<1_000_000_000: return "\(tenths(count, 1_000_000)) MB"
        default: return "\(tenths(count, 1_000_000_000)) GB"
        }
    }

    private static func tenths(_ count: Int, _ unit: Int) -> String {
        let tenths = (count * 10 + unit / 2) / unit
        return tenths >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

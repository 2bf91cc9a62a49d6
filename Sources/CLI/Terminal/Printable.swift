/// Text from pages and file names, made safe for a terminal.
enum Printable {
    /// Control characters could move the cursor, change colours or answer for the user; directional overrides could make
    /// a line read as what it is not; tag characters carry text that nobody sees. All are shown as U+FFFD. Tabs and newlines stay.
    static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(isDangerous(scalar) ? "\u{FFFD}" : scalar) }
        return String(safe)
    }

    /// One line of at most `width` characters.
    static func line(_ text: String, width: Int = .max) -> String {
        let flat = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        let safe = Self.text(flat)
        return safe.count <= width ? safe : safe.prefix(max(1, width - 1)) + "…"
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: true
        default: false
        }
    }

    /// `12.3 MB`, decimal.
    static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var unit = 0
        var tenths = count * 10
        while tenths >= 10_000, unit < units.count - 1 {
            tenths = (tenths + 500) / 1000
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }

    /// `1 capture`, `2 captures`.
    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

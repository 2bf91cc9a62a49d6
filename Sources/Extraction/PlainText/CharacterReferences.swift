/// The character references (`&amp;`, `&#8217;`) that find their way into texts and Markdown.
enum CharacterReferences {
    static func decode(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(0x26) else { return String(text) }
        var decoded = ""
        var rest = Substring(text)
        while let ampersand = rest.utf8.firstIndex(of: 0x26) {
            decoded += rest[..<ampersand]
            rest = rest[ampersand...]
            if let (character, end) = reference(rest) {
                decoded.unicodeScalars.append(character)
                rest = rest[end...]
            } else {
                decoded += "&"
                rest = rest.dropFirst()
            }
        }
        return decoded + rest
    }

    private static func reference(_ text: Substring) -> (Unicode.Scalar, String.Index)? {
        let utf8 = text.utf8
        guard let semicolon = utf8.prefix(12).firstIndex(of: 0x3B) else { return nil }
        let name = text[utf8.index(after: utf8.startIndex)..<semicolon]
        let end = utf8.index(after: semicolon)
        guard name.utf8.first == 0x23 else { return named[String(name)].map { ($0, end) } }
        let digits = name.utf8.dropFirst()
        let isHexadecimal = digits.first.map { $0 | 0x20 == 0x78 } ?? false
        guard
            let value = UInt32(Substring(isHexadecimal ? digits.dropFirst() : digits), radix: isHexadecimal ? 16 : 10),
            value >= 0x20, let scalar = Unicode.Scalar(value)
        else { return nil }
        return (scalar, end)
    }

    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "shy": "\u{AD}", "ndash": "–",
        "mdash": "—",
        "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "sbquo": "‚", "bdquo": "„", "laquo": "«", "raquo": "»",
        "hellip": "…", "bull": "•", "middot": "·", "copy": "©", "reg": "®", "trade": "™", "euro": "€", "pound": "£",
        "cent": "¢",
        "yen": "¥", "sect": "§", "para": "¶", "deg": "°", "times": "×", "frac12": "½", "auml": "ä", "ouml": "ö",
        "uuml": "ü",
        "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "ecirc": "ê", "agrave": "à",
        "aacute": "á", "acirc": "â", "ccedil": "ç", "iacute": "í", "icirc": "î", "oacute": "ó", "ocirc": "ô",
        "uacute": "ú",
        "ntilde": "ñ", "atilde": "ã", "otilde": "õ", "zwnj": "\u{200C}", "zwj": "\u{200D}", "lrm": "\u{200E}",
        "rlm": "\u{200F}",
        "thinsp": "\u{2009}", "ensp": "\u{2002}", "emsp": "\u{2003}", "rarr": "→", "larr": "←",
    ]
}

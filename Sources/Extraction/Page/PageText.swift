/// Text of a page's elements, tidied.
enum PageText {
    static func of(_ node: NodeID, in page: HTMLDocument) -> String {
        short(node, in: page, limit: longest) ?? ""
    }

    /// More text than this is no title, name or date.
    private static let longest = 1000

    /// Nil when there is no text, or more of it than `limit` bytes: elements may be nested in each other as deep as a page
    /// likes, and each is looked at only so far.
    /// - Parameter parting: what is put between the texts of neighbouring elements that nothing else parts.
    static func short(_ node: NodeID, in page: HTMLDocument, limit: Int, parting: UInt8? = nil) -> String? {
        var bytes: [UInt8] = []
        var nodes = 0
        var subtree = page.subtree(of: node)
        while let inner = subtree.next() {
            nodes += 1
            guard nodes <= 200 else { return nil }
            if page.isText(inner) {
                page.bytes(of: inner).withUnsafeBytes { bytes += $0.prefix(limit * 8) }
                if bytes.count >= limit * 8 { return nil }
            } else if inner != node {
                let tag = page.tag(inner)
                if isUnread(tag) || page.hasAttribute(inner, .hidden) {
                    subtree.skipChildren()
                } else if tag == .br || PageParts.isBlock(tag) {
                    bytes.append(parting ?? 0x20)
                } else if let parting {
                    bytes.append(parting)
                }
            }
        }
        let text = collapsed(String(decoding: bytes, as: UTF8.self))
        return text.isEmpty || text.utf8.count > limit ? nil : text
    }

    static func isUnread(_ tag: HTMLName) -> Bool {
        switch tag {
        case .script, .style, .template, .noscript, .button, .select, .textarea, .iframe, .svg, .math, .object, .audio,
            .video, .form, .rt, .rp:
            true
        default: false
        }
    }

    static func collapsed(_ text: String) -> String {
        if let ascii = text.withBytes({ mappedASCII($0) { $0 == 0x7F ? nil : $0 } }) { return ascii }
        var out = WordBytes()
        for scalar in text.unicodeScalars {
            if scalar.isWhiteSpace {
                out.endWord()
            } else if scalar.value >= 0x20, ![0xAD, 0x200B, 0xFEFF, 0x7F].contains(scalar.value) {
                out.append(scalar)
            }
        }
        return out.text
    }

    /// Words with one space between them.
    private struct WordBytes {
        private var bytes: [UInt8] = []
        private var needsSpace = false

        mutating func append(_ scalar: Unicode.Scalar) {
            if needsSpace, !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            needsSpace = false
            bytes.append(scalar)
        }

        mutating func endWord() { needsSpace = true }

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// A declared value: character references that were escaped twice are read, tags dropped.
    static func declared(_ text: String) -> String {
        var text = text
        if text.utf8.contains(0x26) { text = CharacterReferences.decode(CharacterReferences.decode(text)) }
        guard text.utf8.contains(0x3C) else { return collapsed(text) }
        var out = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "<") {
            let behind = rest[rest.index(after: open)...]
            guard let next = behind.first, next.isASCII, next.isLetter || next == "/",
                let close = behind.firstIndex(of: ">")
            else {
                out += rest[...open]
                rest = behind
                continue
            }
            out += rest[..<open]
            rest = behind[behind.index(after: close)...]
        }
        return collapsed(out + rest)
    }

    /// Letters and digits in lower case without accents: texts that are the same but for typography are equal.
    static func key(_ text: some StringProtocol) -> String {
        let isDropped = { (byte: UInt8) in byte == 0x27 || byte == 0x60 }
        let ascii = text.withBytes {
            mappedASCII($0) { byte in
                if byte.isASCIILetter { return byte | 0x20 }
                return byte.isASCIIDigit ? byte : isDropped(byte) ? nil : 0x20
            }
        }
        if let ascii { return ascii }
        var key = WordBytes()
        for unfolded in text.unicodeScalars {
            guard let scalar = TextFolding.fold(unfolded) else { continue }
            if scalar.isAlphabetic || scalar.isNumeric {
                key.append(scalar)
            } else if !["'", "’", "‘", "`", "´"].contains(scalar) {
                key.endWord()
            }
        }
        return key.text
    }

    /// Nil unless all of `text` is ASCII. `map` gives a space for what parts words, nil for what is dropped.
    @inline(__always)
    private static func mappedASCII(_ utf8: UnsafeBufferPointer<UInt8>, _ map: (UInt8) -> UInt8?) -> String? {
        guard utf8.isASCII else { return nil }
        return String(unsafeUninitializedCapacity: utf8.count) { buffer in
            var count = 0
            var needsSpace = false
            for byte in utf8 {
                guard let mapped = map(byte) else { continue }
                if mapped == 0x20 || (0x09...0x0D).contains(mapped) {
                    needsSpace = count > 0
                } else if mapped > 0x20 {
                    if needsSpace {
                        buffer[count] = 0x20
                        count += 1
                    }
                    needsSpace = false
                    buffer[count] = mapped
                    count += 1
                }
            }
            return count
        }
    }

    /// The parts of `text` between occurrences of `separator`.
    static func parts(of text: String, between separator: StaticString) -> [Substring] {
        let length = separator.utf8CodeUnitCount
        var text = text
        let cuts = text.withUTF8 { bytes -> [Int] in
            guard bytes.count > length else { return [] }
            var cuts: [Int] = []
            var at = 0
            while at + length <= bytes.count {
                if bytes[at] == separator.utf8Start[0],
                    length == 1 || (1..<length).allSatisfy({ bytes[at + $0] == separator.utf8Start[$0] })
                {
                    cuts.append(at)
                    at += length
                } else {
                    at += 1
                }
            }
            return cuts
        }
        var parts: [Substring] = []
        var start = 0
        let utf8 = text.utf8
        func slice(_ from: Int, _ to: Int) -> Substring {
            text[utf8.index(utf8.startIndex, offsetBy: from)..<utf8.index(utf8.startIndex, offsetBy: to)]
        }
        for cut in cuts {
            parts.append(slice(start, cut))
            start = cut + length
        }
        parts.append(slice(start, utf8.count))
        return parts
    }
}

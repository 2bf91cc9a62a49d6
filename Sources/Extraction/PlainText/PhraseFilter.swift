/// Says of nearly all lines, at little cost, that they are none of the phrases: by their first two words.
enum PhraseFilter {
    /// Longer lines can only begin with a phrase.
    private static let longestWhole = 64

    static func mayBePhrase(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { mayBePhrase(text, $0) } ?? mayBeForeignPhrase(text)
    }

    private static func mayBePhrase(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var hash = Hash()
        var index = 0
        while index < bytes.count {
            var byte = bytes[index]
            if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80 {
                // Quotation marks and dashes.
                byte = 0x20
                index += 2
            }
            if byte >= 0x80 { return mayBeForeignPhrase(text) }
            if let isMatch = hash.take(byte, bytes.count) { return isMatch }
            index += 1
        }
        return hash.finish(bytes.count)
    }

    private static func mayBeForeignPhrase(_ text: String) -> Bool {
        var hash = Hash()
        for unfolded in text.unicodeScalars.prefix(64) {
            guard let scalar = TextFolding.fold(unfolded) else { continue }
            // Scripts without spaces: the first character stands for the word.
            if hash.isEmpty, (0x3040...0xD7A3).contains(scalar.value) { return singles.contains(UInt64(scalar.value)) }
            let isPart =
                scalar.value < 0x80 || scalar.isAlphabetic
                || scalar.properties.generalCategory == .spacingMark
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                if let isMatch = hash.take(isPart ? byte : 0x20, text.utf8.count) { return isMatch }
            }
        }
        return hash.finish(text.utf8.count)
    }

    /// The hash of a word, and of two: numbers and signs are passed over, an apostrophe ends a word.
    private struct Hash {
        private var value: UInt64 = 0
        private var first: UInt64?
        private var isInWord = false
        private var letters = 0

        var isEmpty: Bool { letters == 0 }

        /// Not nil once it is decided.
        mutating func take(_ byte: UInt8, _ length: Int) -> Bool? {
            let lower = byte >= 0x41 && byte < 0x5B ? byte | 0x20 : byte
            if (0x61...0x7A).contains(lower) || lower >= 0x80 {
                value = (value ^ UInt64(lower)) &* 0x100_0000_01B3
                isInWord = true
                letters += 1
                return letters > 160 ? false : nil
            }
            guard isInWord else { return nil }
            isInWord = false
            guard first == nil else { return finish(length) }
            first = value
            if openingSingles.contains(value) || (length <= longestWhole && singles.contains(value)) { return true }
            // What comes after an apostrophe is left out of the second word.
            value = (value ^ 0x20) &* 0x100_0000_01B3
            return nil
        }

        func finish(_ length: Int) -> Bool {
            guard let first else { return openingSingles.contains(value) || singles.contains(value) }
            return pairs.contains(value) || (length <= longestWhole && singles.contains(first))
        }
    }

    private static let singles = HashTable(hashes { $0.count == 1 ? $0 : [] })
    private static let openingSingles = HashTable(hashes(openingOnly: true) { $0.count == 1 ? $0 : [] })
    private static let pairs = HashTable(hashes { $0.count >= 2 ? Array($0.prefix(2)) : [] })

    private static func hashes(openingOnly: Bool = false, _ select: ([Substring]) -> [Substring]) -> Set<UInt64> {
        var hashes: Set<UInt64> = []
        for (_, lines) in LinePhraseLists.opening + (openingOnly ? [] : LinePhraseLists.whole) {
            for line in lines.split(separator: "|") {
                let words = LineWords(line).folded.split { $0 == " " || $0 == "'" || $0 == "-" }
                if let scalar = words.first?.unicodeScalars.first, (0x3040...0xD7A3).contains(scalar.value) {
                    hashes.insert(UInt64(scalar.value))
                    continue
                }
                let selected = select(words)
                guard !selected.isEmpty else { continue }
                hashes.insert(
                    selected.joined(separator: " ").utf8.reduce(UInt64(0)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
            }
        }
        return hashes
    }
}

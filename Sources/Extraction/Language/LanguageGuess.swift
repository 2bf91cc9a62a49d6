/// Which language a text is in, from its scripts and its commonest words.
///
/// Feed it the text in as many pieces as there are; what comes after the first thousand words or so changes nothing.
package struct LanguageGuess: Sendable {
    private var scripts = ScriptCounts()
    private var words = 0
    private var hits: [Int]
    private var bytesRead = 0

    /// Enough to be sure of any text that can be decided at all.
    private static let enough = 8_000

    package init() { hits = Array(repeating: 0, count: StopWords.languages.count) }

    /// Whether more text would change nothing.
    package var isComplete: Bool { bytesRead >= Self.enough }

    package mutating func read(_ text: some StringProtocol) {
        guard !isComplete else { return }
        var hash = StopWords.emptyHash
        var letters = 0
        for scalar in text.unicodeScalars {
            bytesRead += UTF8.width(scalar)
            if let script = Script(scalar) {
                scripts.count(script)
                hash = StopWords.hash(hash, scalar)
                letters += 1
            } else if letters > 0, scalar.value < 0x80 || !scalar.properties.isDiacritic {
                count(hash, letters)
                hash = StopWords.emptyHash
                letters = 0
                guard !isComplete else { return }
            }
        }
        if letters > 0 { count(hash, letters) }
    }

    private mutating func count(_ hash: UInt64, _ letters: Int) {
        words += 1
        guard letters < 16, let languages = StopWords.table[hash] else { return }
        for language in languages { hits[language] += 1 }
    }

    /// BCP 47 primary tag; nil when unsure.
    package var tag: String? {
        guard let script = scripts.dominant else { return nil }
        if let only = script.onlyLanguage { return only }
        switch script {
        case .han, .kana: return scripts.isJapanese ? "ja" : "zh"
        default: return byWords(in: script)
        }
    }

    private func byWords(in script: Script) -> String? {
        let candidates = StopWords.languages.indices.filter { StopWords.languages[$0].script == script }
        let ranked = candidates.map { (hits: hits[$0], tag: StopWords.languages[$0].tag) }.sorted {
            ($0.hits, $1.tag) > ($1.hits, $0.tag)
        }
        guard let best = ranked.first, best.hits >= 2 else { return nil }
        let runnerUp = ranked.dropFirst().first?.hits ?? 0
        let share = Double(best.hits) / Double(words)
        // Languages that share most short words, such as Danish and Norwegian, differ by few of them in a short text.
        let isAhead = best.hits * 4 >= runnerUp * 5 || (best.hits < 24 && best.hits >= runnerUp + 2)
        return share >= 0.08 && isAhead ? best.tag : nil
    }

    package static func tag(of text: some StringProtocol) -> String? {
        var guess = LanguageGuess()
        guess.read(text)
        return guess.tag
    }
}

/// The scripts that are told apart, by the blocks of their letters.
enum Script: Int, CaseIterable, Sendable {
    case latin, cyrillic, greek, hebrew, arabic, devanagari, bengali, gurmukhi, gujarati, tamil, telugu, kannada,
        malayalam
    case sinhala, thai, lao, burmese, georgian, armenian, ethiopic, khmer, hangul, kana, han

    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: self = .latin
        case 0..<0xC0: return nil
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        case 0x531...0x587: self = .armenian
        case 0x5D0...0x5F2: self = .hebrew
        case 0x620...0x63F, 0x641...0x64A, 0x66E...0x6D5, 0x6EE...0x6EF, 0x6FA...0x6FF, 0x750...0x77F: self = .arabic
        case 0x900...0x963: self = .devanagari
        case 0x980...0x9E3: self = .bengali
        case 0xA00...0xA65: self = .gurmukhi
        case 0xA80...0xAE3: self = .gujarati
        case 0xB80...0xBE5: self = .tamil
        case 0xC00...0xC65: self = .telugu
        case 0xC80...0xCE5: self = .kannada
        case 0xD00...0xD65: self = .malayalam
        case 0xD80...0xDF3: self = .sinhala
        case 0xE01...0xE4E: self = .thai
        case 0xE80...0xECF: self = .lao
        case 0x1000...0x103F: self = .burmese
        case 0x10A0...0x10FF: self = .georgian
        case 0x1200...0x137F: self = .ethiopic
        case 0x1780...0x17D3: self = .khmer
        case 0x1100...0x11FF, 0xAC00...0xD7A3: self = .hangul
        case 0x3041...0x30FF: self = .kana
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2FA1F: self = .han
        default: return nil
        }
    }

    /// The language of scripts that one language of the news is written in.
    var onlyLanguage: String? {
        switch self {
        case .greek: "el"
        case .hebrew: "he"
        case .bengali: "bn"
        case .gurmukhi: "pa"
        case .gujarati: "gu"
        case .tamil: "ta"
        case .telugu: "te"
        case .kannada: "kn"
        case .malayalam: "ml"
        case .sinhala: "si"
        case .thai: "th"
        case .lao: "lo"
        case .burmese: "my"
        case .georgian: "ka"
        case .armenian: "hy"
        case .ethiopic: "am"
        case .khmer: "km"
        case .hangul: "ko"
        case .latin, .cyrillic, .arabic, .devanagari, .kana, .han: nil
        }
    }
}

private struct ScriptCounts: Sendable {
    private var counts = [Int](repeating: 0, count: Script.allCases.count)

    mutating func count(_ script: Script) { counts[script.rawValue] += 1 }

    private subscript(_ script: Script) -> Int { counts[script.rawValue] }

    /// The script of most words. A character of the Chinese, Japanese and Korean scripts stands for more than a letter.
    var dominant: Script? {
        func weight(_ script: Script) -> Int {
            switch script {
            case .han, .kana: 2 * (self[.han] + self[.kana])
            case .hangul: 2 * self[script]
            default: self[script]
            }
        }
        let total = Script.allCases.reduce(0) { $0 + ($1 == .kana ? 0 : weight($1)) }
        guard total >= 12, let best = Script.allCases.max(by: { weight($0) < weight($1) }), 2 * weight(best) > total
        else {
            return nil
        }
        return best
    }

    /// Chinese quotes a Japanese name now and then; a Japanese sentence has kana throughout.
    var isJapanese: Bool { self[.kana] * 10 >= self[.han] }
}

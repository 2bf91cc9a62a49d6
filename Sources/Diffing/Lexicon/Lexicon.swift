/// What is known of single words, by language.
///
/// The tables are short on purpose: they hold what decides the kind of an edit, and a word that they do not know counts as a
/// content word, so ignorance makes an edit look more important, never less.
enum Lexicon {
    /// One bit a language.
    struct Language: OptionSet, Hashable {
        let rawValue: UInt32

        init(rawValue: UInt32) { self.rawValue = rawValue }

        /// A BCP 47 tag; nil for a language that the tables do not hold.
        init?(tag: String) {
            let primary = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
            guard let at = Self.codes.firstIndex(of: String(primary)) else { return nil }
            self.init(rawValue: 1 << UInt32(at))
        }

        static let codes = [
            "en", "fr", "es", "pt", "it", "de", "nl", "ru", "uk", "el", "tr", "ar", "fa", "he", "zh", "ja", "sv", "pl",
            "hi", "ko",
        ]
        static let all = Language(rawValue: .max)

        static func code(_ code: String) -> Language { Language(tag: code) ?? [] }

        /// Languages that write 1.000 for a thousand.
        static let pointsMarkThousands: Language = ["de", "nl", "es", "pt", "it", "tr", "el", "sv"].reduce(into: []) {
            $0.formUnion(code($1))
        }
        /// Languages whose common nouns begin with a capital.
        static let capitalisesNouns = code("de")
    }

    struct Traits: OptionSet, Hashable {
        let rawValue: UInt32

        /// Carries grammar, not content.
        static let function = Traits(rawValue: 1 << 0)
        /// Has a value: `seven`.
        static let number = Traits(rawValue: 1 << 1)
        /// Multiplies the number before by a power of ten: `million`.
        static let scale = Traits(rawValue: 1 << 2)
        /// Counts, but is used for other things too: `one`, `first`.
        static let vague = Traits(rawValue: 1 << 3)
        static let month = Traits(rawValue: 1 << 4)
        static let weekday = Traits(rawValue: 1 << 5)
        /// Changes what the number after it means: `about`, `at least`.
        static let hedge = Traits(rawValue: 1 << 6)
        /// Says that somebody says so: `said`, `according`, `allegedly`.
        static let attribution = Traits(rawValue: 1 << 7)
        static let percent = Traits(rawValue: 1 << 8)
        static let currency = Traits(rawValue: 1 << 9)
        /// An amount that is not exact: `dozens`.
        static let rough = Traits(rawValue: 1 << 10)
        /// A correction notice may begin with it.
        static let notice = Traits(rawValue: 1 << 11)
        /// Names the source after it: `according`; or before it: `zufolge`.
        static let source = Traits(rawValue: 1 << 12)
        static let sourceBefore = Traits(rawValue: 1 << 13)
        /// Courtesy before a name, which names nobody.
        static let title = Traits(rawValue: 1 << 14)
        /// Of time, length, weight, area or volume.
        static let unit = Traits(rawValue: 1 << 15)
    }

    struct Entry {
        let languages: Language
        let traits: Traits
        /// Of a number, the power of ten of a scale, the number of a month or weekday.
        let value: Int
    }

    /// What a word is in some languages.
    struct Meaning {
        var traits: Traits = []
        var value = 0

        init() {}

        init(_ entries: [Entry], in languages: Language) {
            for entry in entries where !entry.languages.isDisjoint(with: languages) {
                traits.formUnion(entry.traits)
                if entry.value != 0 { value = entry.value }
            }
        }
    }

    /// What is known of `word`, folded.
    static func entries(of word: String) -> [Entry]? { entries[word] }

    /// What `word` is in any language.
    static func traits(of word: String) -> Traits { entries[word].map { Meaning($0, in: .all).traits } ?? [] }

    private static let entries: [String: [Entry]] = {
        var all: [String: [Entry]] = [:]
        all.reserveCapacity(4096)
        func add(_ words: String, _ code: String, _ traits: Traits, numbered: Bool = false, value: Int = 0) {
            let language = code == "*" ? Language.all : Language.code(code)
            for (at, group) in words.split(separator: " ").enumerated() {
                for word in group.split(separator: "/") {
                    let entry = Entry(languages: language, traits: traits, value: numbered ? at + 1 : value)
                    all[Folding.fold(word: word), default: []].append(entry)
                }
            }
        }
        for (code, words) in functionWords { add(words, code, .function) }
        for (code, words) in attributionWords { add(words, code, .attribution) }
        for (code, words) in hedges { add(words, code, .hedge) }
        for (code, words) in vagueNumbers { add(words, code, .vague) }
        for (code, words) in roughNumbers { add(words, code, .rough) }
        for (code, words) in smallNumbers { add(words, code, .number, numbered: true) }
        for (code, words) in otherNumbers {
            for pair in words.split(separator: " ") {
                let parts = pair.split(separator: "=")
                guard parts.count == 2, let value = Int(parts[1]) else { continue }
                add(String(parts[0]), code, .number, value: value)
            }
        }
        for (power, words) in scales { add(words, "*", .scale, value: power) }
        for (code, words) in months { add(words, code, .month, numbered: true) }
        for (code, words) in weekdays { add(words, code, .weekday, numbered: true) }
        add(sources, "*", .source)
        add(sourcesBefore, "*", .sourceBefore)
        add(titles, "*", .title)
        add(units, "*", .unit)
        add(percentWords, "*", .percent)
        add(currencyWords, "*", .currency)
        return all
    }()

    /// Words that a full stop follows within a sentence, folded; single letters need no entry.
    static let abbreviations: Set<String> = Set(
        """
        mr mrs ms dr prof rev hon gen lt col maj capt cmdr sgt cpl adm gov sen rep pres sec st mt ft jr sr no nos vs etc al inc \
        ltd corp co bros dept univ assn est approx ave blvd rd jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu \
        fri sat sun vol fig pp ed eds messrs mme mlle mm art av env sra srta dña lic ing arq núm pág \
        hr fr frl dipl bzw usw ca ggf evtl inkl nr str abs bd mio mrd sig dott avv on sigg dhr mevr drs ir mln mld \
        г гг ул им см стр тыс млн млрд руб долл чел проф акад др αρ κ κα
        """.split(separator: " ").map(String.init))
}

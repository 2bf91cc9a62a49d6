/// Verbs that say who says so, where a token is less than a word or more: Chinese and Japanese have a token a character, Korean
/// verbs carry their endings.
enum VerbsOfSaying {
    private static let phrases: Set<String> = Set(
        """
        表示 声称 聲稱 宣称 宣稱 指出 否认 否認 承认 承認 据称 據稱 透露 强调 強調 认为 認為 警告 据说 据报 表明 回应 回應 指控 \
        述べ 主張 語っ 話し 発表 指摘 認め 説明 明か 訴え 疑い 報じ 反論 強調
        """.split(separator: " ").map(String.init))

    private static let stems = """
        말했 말한 말하 밝혔 밝힌 주장 전했 부인 인정했 강조했 설명했 지적했 발표했 덧붙 경고했 따르면
        """.split(separator: " ").map(String.init)

    static func cover(_ token: Int, _ reading: Reading, _ range: Range<Int>) -> Bool {
        let scalar = Scalars.decode(reading.bytes.span, reading.tokens[token].start).scalar
        if (0xAC00...0xD7A3).contains(scalar) {
            let word = reading.spelling(token)
            return stems.contains { word.hasPrefix($0) }
        }
        guard Scalars.classify(scalar) == .ideograph else { return false }
        for start in [token - 1, token] where range.contains(start) && start + 1 < range.upperBound {
            if phrases.contains(reading.spelling(start) + reading.spelling(start + 1)) { return true }
        }
        return false
    }

    /// Adverbs and participles among the words that say who says so.
    static func isNoVerb(_ word: String) -> Bool {
        word.hasSuffix("ly") || word.hasSuffix("mente") || word.hasSuffix("ment") || word.hasPrefix("mutma")
            || word.hasPrefix("presunt") || word.hasPrefix("supuest") || participles.contains(word)
    }

    /// What stands before such a verb without being who says so.
    static func isNoSpeaker(_ word: String) -> Bool { word.hasSuffix("n't") || auxiliaries.contains(word) }

    private static let auxiliaries: Set<String> = Set(
        """
        not never no will would may might can could should must shall cannot to nicht nie kein keine hat haben wird würde ne pas \
        jamais aurait a ont не ни бы no nunca ha han había habría non não nunca לא لا لم لن 不 没 没有 değil नहीं
        """.split(separator: " ").map(String.init))

    private static let participles: Set<String> = [
        "alleged", "so-called", "purported", "accused", "believed", "présumé", "angeblich", "vermeende", "якобы",
        "rzekomo",
        "לכאורה", "suposto",
    ]
}

/// Words of grammar that, one for another, change who did it to whom.
enum FunctionSwaps {
    private static let genders: [(Set<String>, Set<String>)] = [
        (["he", "him", "his", "himself"], ["she", "her", "hers", "herself"]), (["il", "lui"], ["elle", "lei"]),
        (["él"], ["ella"]), (["ele"], ["ela"]), (["он", "его", "ему"], ["она", "ее", "ей"]), (["הוא"], ["היא"]),
        (["هو"], ["هي"]),
    ]
    private static let directions: [(Set<String>, Set<String>)] = [
        (["by"], ["on", "of", "against", "for", "to", "with"]), (["from"], ["to", "into"]),
        (["из", "от"], ["в", "к"]), (["de", "desde"], ["hacia"]), (["von"], ["an", "zu"]),
    ]

    static func turnMeaning(_ before: [String], _ after: [String]) -> Bool {
        (genders + directions).contains { first, second in
            (has(before, first) && has(after, second) && !has(before, second))
                || (has(before, second) && has(after, first) && !has(before, first))
        }
    }

    private static func has(_ words: [String], _ set: Set<String>) -> Bool { words.contains { set.contains($0) } }
}

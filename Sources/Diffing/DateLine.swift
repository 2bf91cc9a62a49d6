/// The line that says when a page was published or touched, which many systems write into the text.
enum DateLine {
    enum Age { case absolute, relative }

    private static let mostWords = 16

    /// Nil for everything that says more than that. Folded tokens are judged.
    static func age(_ pair: PairReading, _ reading: Reading, _ tokens: Range<Int>) -> Age? {
        let words = tokens.filter { reading.tokens[$0].isWord }
        guard !words.isEmpty, words.count <= mostWords else { return nil }
        var (hasLead, hasFigure, isRelative) = (false, false, false)
        for at in words {
            let text = pair.vocabulary.folded[Int(reading.folds[at])]
            let traits = pair.vocabulary.meaning(reading.folds[at]).traits
            if leads.contains(text) { hasLead = true }
            if reading.tokens[at].kind == .number || traits.contains(.month) { hasFigure = true }
            if relative.contains(text) { isRelative = true }
            let isKnown =
                reading.tokens[at].kind == .number || leads.contains(text) || relative.contains(text)
                || others.contains(text) || !traits.isDisjoint(with: [.month, .weekday, .function, .number, .vague])
            guard isKnown else { return nil }
        }
        guard hasLead, hasFigure else { return nil }
        return isRelative ? .relative : .absolute
    }

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(separator: " ").map { Folding.fold(word: $0) })
    }

    private static let leads = set(
        """
        updated update published posted modified created aktualisiert veröffentlicht stand publicado actualizado actualización \
        publié modifié mis jour mise aggiornato pubblicato atualizado bijgewerkt gepubliceerd обновлено опубликовано оновлено \
        güncelleme yayınlanma güncellendi تحديث نشر نشرت עודכן פורסם ενημέρωση δημοσίευση 更 发 發 公 配 掲 업데이트 입력 수정
        """)
    private static let relative = set(
        """
        ago hours hour minutes minute mins min seconds yesterday today stunden minuten vor hace horas minutos heures il назад \
        часов часа минут saat önce dakika منذ ساعة ساعات دقيقة לפני שעות דקות 小 时 時 分 钟 鐘 前 시간 전 분
        """)
    private static let others = set(
        """
        last first am pm gmt bst est edt et utc cet cest ist pst pdt jst time date uhr h a.m p.m day days th st nd rd latest \
        originally 新 布 表 信 載 于 年 月 日 開
        """)
}

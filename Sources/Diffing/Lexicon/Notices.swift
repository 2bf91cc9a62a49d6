/// Recognises the notice that tells readers that an article was corrected, clarified or updated.
enum Notices {
    /// Whether a sentence, given as its folded tokens, is such a notice or begins one.
    static func begins(_ words: [String]) -> Bool {
        let start = words.firstIndex { !"\"([{*【[（<>•·:-–—_#!".contains($0) } ?? words.count
        let sentence = words[start...].prefix(48)
        guard let first = sentence.first else { return false }
        for lead in leads[first] ?? [] where sentence.starts(with: lead.words) {
            if lead.stands(before: sentence.dropFirst(lead.words.count)) { return true }
        }
        for at in sentence.indices {
            if saysItWasChanged(sentence[at...]) { return true }
            for phrase in phrases[sentence[at]] ?? [] where sentence[at...].starts(with: phrase) { return true }
        }
        return false
    }

    /// With which words a notice, or what shows it to be one, can begin.
    static let firstWords: Set<String> = Set(leads.keys).union(phrases.keys).union(["this"])

    private struct Lead {
        let words: [String]
        /// `Update` also heads the line that says only when the page was touched, which accounts for nothing.
        let needsText: Bool

        func stands(before rest: ArraySlice<String>) -> Bool {
            guard let next = rest.first else { return true }
            let isMark = [":", "-", ".", "(", "|", "】", "]", "）", ")", "—", "\u{2014}", "：", "\""].contains(next)
            // `Mise à jour le 3 mars`: small words may stand before the date.
            let date = rest.prefix(3).first { !Lexicon.traits(of: $0).contains(.function) } ?? next
            let isDate =
                date.utf8.first.map { (0x30...0x39).contains($0) } ?? false || Lexicon.traits(of: date).contains(.month)
            guard isMark || isDate else { return false }
            guard needsText else { return true }
            let said = rest.filter { $0.unicodeScalars.first?.properties.isAlphabetic ?? false }
            return said.filter { !isClock($0) }.count >= 3
        }

        private func isClock(_ word: String) -> Bool {
            let traits = Lexicon.traits(of: word)
            return !traits.isDisjoint(with: [.month, .weekday])
                || ["at", "am", "pm", "gmt", "bst", "est", "et", "utc", "on", "ist"].contains(word)
        }
    }

    private static let leads: [String: [Lead]] = {
        var all: [String: [Lead]] = [:]
        var reading = PairReading()
        for (text, needsText) in [(correctionLeads, false), (updateLeads, true)] {
            for line in text.split(separator: "|") {
                let words = tokens(line, &reading)
                if let first = words.first { all[first, default: []].append(Lead(words: words, needsText: needsText)) }
            }
        }
        return all
    }()

    private static let phrases: [String: [[String]]] = {
        var all: [String: [[String]]] = [:]
        var reading = PairReading()
        for line in fixedPhrases.split(separator: "|") {
            let words = tokens(line, &reading)
            if let first = words.first { all[first, default: []].append(words) }
        }
        return all
    }()

    /// `This article was amended`, `this story has since been updated` …
    private static func saysItWasChanged(_ words: ArraySlice<String>) -> Bool {
        guard words.count >= 4, words.first == "this", things.contains(words[words.startIndex + 1]) else {
            return false
        }
        let rest = words.dropFirst(2).prefix(4)
        guard rest.first == "was" || rest.first == "has" else { return false }
        return rest.contains { acts.contains($0) }
    }

    private static let things: Set<String> = [
        "article", "story", "post", "piece", "report", "page", "headline", "version", "item", "column", "paragraph",
        "sentence", "section", "passage", "quote", "quotation", "caption", "photo", "image", "video", "graphic",
        "interview",
    ]
    private static let acts: Set<String> = [
        "amended", "corrected", "updated", "changed", "revised", "clarified", "modified", "edited", "removed",
        "deleted",
        "withdrawn", "retracted", "unpublished",
    ]

    /// Cut as texts are, so that both agree on what a token is.
    private static func tokens(_ text: Substring, _ reading: inout PairReading) -> [String] {
        let block = reading.add(line: String(text), to: .before)
        return reading.before.blocks[block].tokens.map { reading.vocabulary.folded[Int(reading.before.folds[$0])] }
    }

    private static let correctionLeads = """
        correction|corrections|corrected|clarification|clarifications|correction and clarification|correction appended|\
        editor's note|editors' note|editor's correction|note to readers|for the record|erratum|errata|corrigendum|retraction|\
        تصحيح|توضيح|تنويه|استدراك|تصويب|korrektur|richtigstellung|anmerkung der redaktion|hinweis der redaktion|\
        anm. d. red|corrección|fe de errores|fe de erratas|rectificación|aclaración|nota del editor|nota de la redacción|\
        rectificatif|correctif|précision|note de la rédaction|correzione|rettifica|errata corrige|nota della redazione|\
        correção|nota da redação|errata|исправление|исправлено|уточнение|поправка|от редакции|опровержение|виправлення|\
        уточнення|від редакції|düzeltme|correctie|rectificatie|διόρθωση|διευκρίνιση|תיקון|הבהרה|תיקון טעות|اصلاح|اصلاحیه|\
        訂正|訂正とお詫び|お詫びと訂正|おことわり|更正|更正启事|勘误|勘誤|编者按|編者按|编注|sprostowanie|rättelse|정정|바로잡습니다
        """

    private static let updateLeads = """
        update|updated|updates|aktualisierung|aktualisiert|update der redaktion|actualización|actualizado|mise à jour|\
        aggiornamento|aggiornato|atualização|atualizado|обновление|обновлено|дополнено|оновлено|güncelleme|\
        ενημέρωση|עדכון|تحديث|به روز رسانی|更新|追記|aktualizacja|uppdatering
        """

    private static let fixedPhrases = """
        an earlier version of this|a previous version of this|earlier versions of this|previous versions of this|\
        the original version of this|an earlier version of the|an original version of this|we have corrected|\
        we have amended|we have updated this|this correction|we regret the error|we apologise for the error|\
        dieser artikel wurde|in einer früheren version|in einer ersten version|une version précédente|\
        une première version de cet article|cet article a été corrigé|cet article a été modifié|cet article a été mis à jour|\
        una versión anterior de|una primera versión de|este artículo ha sido|esta noticia ha sido|questo articolo è stato|\
        una versione precedente di|uma versão anterior|в более ранней версии|в предыдущей версии|в первоначальной версии|\
        نسخة سابقة من|في نسخة سابقة|تم تصحيح|تم تعديل هذا|تم تحديث هذا|本文已更新|本文已更正|本文更正|記事を訂正|\
        bu haberin önceki|eerdere versie van dit
        """
}

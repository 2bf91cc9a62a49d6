public import Diffing
internal import Models

/// An edit as it is kept between two states of an article, with what is needed to tell later that it was furniture after all.
public struct TrackedEdit: Hashable, Sendable {
    public let kind: EditKind
    public let significance: Significance
    public let part: Edit.Part
    public let before: String?
    public let after: String?
    public let words: [WordRun]
    public let isSilent: Bool
    /// The blocks it is in, on either side; none outside the body.
    let blocks: [BlockPrint]

    /// - Parameter prints: of the blocks before and after.
    init(_ edit: Edit, _ prints: (before: [BlockPrint], after: [BlockPrint])) {
        kind = edit.kind
        significance = edit.significance
        part = edit.part
        before = edit.before
        after = edit.after
        words = edit.words
        isSilent = edit.isSilent
        blocks = [edit.blockBefore.map { prints.before[$0] }, edit.blockAfter.map { prints.after[$0] }].compactMap(
            \.self)
    }
}

extension TrackedEdit {
    var json: JSON {
        .object([
            .init("kind", .string(kind.rawValue)), .init("significance", .string(significance.rawValue)),
            .init("part", .string(part.rawValue)), .init("before", JSON(before)), .init("after", JSON(after)),
            .init("silent", .bool(isSilent)),
            .init(
                "words",
                .array(words.map { .array([.string($0.operation.rawValue), .string($0.text)]) })),
            .init(
                "blocks",
                .array(
                    blocks.map { block in
                        .array([
                            .string(String(block.print.rawValue, radix: 16)),
                            JSON(block.shape.map { String($0.rawValue, radix: 16) }), JSON(block.words),
                        ])
                    })),
        ])
    }

    /// Nil for what this version did not write.
    init?(_ json: JSON) {
        guard let kind = json["kind"]?.string.flatMap(EditKind.init(rawValue:)),
            let significance = json["significance"]?.string.flatMap(Significance.init(rawValue:)),
            let part = json["part"]?.string.flatMap(Edit.Part.init(rawValue:)), let isSilent = json["silent"]?.bool,
            let words = json["words"]?.array, let blocks = json["blocks"]?.array
        else { return nil }
        self.kind = kind
        self.significance = significance
        self.part = part
        self.isSilent = isSilent
        before = json["before"]?.string
        after = json["after"]?.string
        self.words = words.compactMap { run in
            guard let run = run.array, run.count == 2, let name = run[0].string, let text = run[1].string else {
                return nil
            }
            return WordRun.Operation(rawValue: name).map { WordRun($0, text) }
        }
        self.blocks = blocks.compactMap { block in
            guard let block = block.array, block.count == 3, let print = block[0].string.flatMap(Self.print),
                let count = block[2].integer
            else { return nil }
            return BlockPrint(print: print, shape: block[1].string.flatMap(Self.print), words: Int(count))
        }
    }

    private static func print(_ text: String) -> BlockFingerprint? {
        UInt64(text, radix: 16).map { BlockFingerprint(rawValue: $0) }
    }
}

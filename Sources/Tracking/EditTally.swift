internal import Diffing

/// How many edits of what weight there are, and of which kinds.
struct EditTally: Hashable, Sendable {
    var substantive = 0
    var minor = 0
    var cosmetic = 0
    /// A bit for each kind together with each significance.
    var kinds: Int64 = 0

    var isEmpty: Bool { kinds == 0 }

    mutating func add(_ edit: TrackedEdit) {
        switch edit.significance {
        case .substantive: substantive += 1
        case .minor: minor += 1
        case .cosmetic: cosmetic += 1
        }
        kinds |= Self.bit(edit.kind, edit.significance)
    }

    mutating func add(_ other: EditTally) {
        substantive += other.substantive
        minor += other.minor
        cosmetic += other.cosmetic
        kinds |= other.kinds
    }

    /// The bits of edits of one of these kinds, or of any kind where there are none, and of at least this significance.
    static func mask(_ kinds: Set<EditKind>, least: Significance) -> Int64 {
        var mask: Int64 = 0
        for kind in EditKind.allCases where kinds.isEmpty || kinds.contains(kind) {
            for significance in Significance.allCases where significance >= least {
                mask |= bit(kind, significance)
            }
        }
        return mask
    }

    private static func bit(_ kind: EditKind, _ significance: Significance) -> Int64 {
        places[kind].map { 1 << Int64($0 * Significance.allCases.count + significance.place) } ?? 0
    }

    /// What stands in the cache depends on this order.
    private static let places = Dictionary(
        EditKind.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Significance {
    fileprivate var place: Int {
        switch self {
        case .cosmetic: 0
        case .minor: 1
        case .substantive: 2
        }
    }
}

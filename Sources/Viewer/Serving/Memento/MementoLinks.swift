internal import Models
internal import Storage

/// Addresses and links of one original page, RFC 7089 section 2.2 and RFC 8288.
struct MementoLinks {
    let base: String
    let original: String

    var timeGate: String { "\(base)/timegate/\(original)" }

    func timeMap(_ format: TimeMapFormat, from: MementoStamp? = nil) -> String {
        "\(base)/timemap/\(format.rawValue)/" + (from.map { "\($0)/" } ?? "") + original
    }

    func memento(_ stamp: MementoStamp, _ manner: MementoRequest.Manner = .own) -> String {
        switch manner {
        case .own: "\(base)/memento/\(stamp)/\(original)"
        // What has more than a time has no address of that kind.
        case .wayback(let modifier) where stamp.name == nil: "\(base)/web/\(stamp)\(modifier)/\(original)"
        case .wayback: "\(base)/memento/\(stamp)/\(original)"
        }
    }

    static func link(_ target: String, _ relation: String, _ more: [(String, String)] = []) -> String {
        "<\(target)>; rel=\"\(relation)\"" + more.map { "; \($0)=\"\($1)\"" }.joined()
    }

    func memento(_ found: Memento, _ relation: String) -> String {
        Self.link(memento(found.stamp), relation, [("datetime", HTTPDate.text(found.stamp.time))])
    }
}

/// A capture and its stamp.
struct Memento {
    let capture: HistoryCapture
    let stamp: MementoStamp
}

extension Mementos {
    func stamped(_ capture: HistoryCapture) throws -> Memento {
        let isFirst = try first(inSecondOf: capture.capturedAt) == capture
        return Memento(capture: capture, stamp: MementoStamp(capture.capturedAt, isFirst ? nil : capture.name))
    }

    /// Captures that follow each other.
    func stamped(_ captures: [HistoryCapture]) throws -> [Memento] {
        guard let first = captures.first else { return [] }
        var all = [try stamped(first)]
        for capture in captures.dropFirst() {
            let previous = all[all.count - 1].stamp
            let stamp = MementoStamp(capture.capturedAt, nil)
            let isShared = StampText.text(previous.time) == stamp.description
            all.append(Memento(capture: capture, stamp: isShared ? MementoStamp(stamp.time, capture.name) : stamp))
        }
        return all
    }
}

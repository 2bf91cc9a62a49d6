internal import Mustache

/// A page's model by the names that its template uses, all the way down.
///
/// Mustache would look at the whole model by reflection for each name, in each row of a list and in everything around the row: that took
/// longer than finding the rows.
struct Fields: MustacheParent {
    private let values: [String: Any]

    /// - Parameter model: a structure; its members are looked at once.
    init(_ model: Any) { self.init(Mirror(reflecting: model)) }

    private init(_ mirror: Mirror) {
        var values: [String: Any] = [:]
        for (label, value) in mirror.children {
            if let label, let value = Self.plain(value) { values[label] = value }
        }
        self.values = values
    }

    func child(named name: String) -> Any? { values[name] }

    /// Nil for what is not there.
    private static func plain(_ value: Any) -> Any? {
        switch value {
        case let text as String: return text
        case let number as Int: return number
        case let flag as Bool: return flag
        case let list as [Any]: return list.compactMap(plain)
        default:
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .optional: return mirror.children.first.flatMap { plain($0.value) }
            case .struct: return Fields(mirror)
            default: return value
            }
        }
    }
}

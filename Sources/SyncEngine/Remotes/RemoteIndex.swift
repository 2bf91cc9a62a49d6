package import Models

/// `manifests/index.json`: what lies on a remote, for places that cannot be listed.
///
/// It is advisory and never believed: it says which names to ask for, and what is found under them is checked as ever. Canonical JSON and a
/// newline: `{"format":1,"origins":{"ORIGIN":{"bundles":[[FROM,TO],…],"snapshots":N,"timestamps":[NUMBER,…]},…}}`.
package struct RemoteIndex: Hashable, Sendable {
    /// What there is of one origin.
    package struct Entry: Hashable, Sendable {
        /// Ascending.
        package var bundles: [Bundle] = []
        /// Snapshots 1 to this one.
        package var snapshots = 0
        /// The numbers of the snapshots that have a timestamp; ascending.
        package var timestamps: [Int] = []
        package init() {}
    }

    /// The range of a log that a bundle holds.
    package struct Bundle: Hashable, Comparable, Sendable {
        package let from: Int
        package let to: Int
        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
        package static func < (a: Bundle, b: Bundle) -> Bool { (a.from, a.to) < (b.from, b.to) }
    }

    package static let name = "manifests/index.json"
    /// In bytes.
    package static let largest = 8 << 20
    /// Of all origins' snapshots, bundles and timestamps: a small index must not make for endless names.
    package static let mostEntries = 250_000

    package var origins: [OriginID: Entry] = [:]

    package init() {}

    /// - Parameter names: of all files in `manifests/` and `archive/`. Snapshots are counted up to the first that is missing; a bundle
    ///   counts when its packing list is there.
    package init(names: some Sequence<String>) {
        var numbers: [OriginID: Set<Int>] = [:]
        var stamped: [OriginID: Set<Int>] = [:]
        for name in names {
            if let (origin, rest) = RemoteName.split(name, folder: "manifests"), name.hasPrefix("manifests/") {
                if rest.count == 1 { numbers[origin, default: []].insert(rest[0]) }
            } else if name.hasSuffix(".tsr"), name.hasPrefix("manifests/") {
                guard let (origin, rest) = RemoteName.split(String(name.dropLast(4)), folder: "manifests"),
                    rest.count == 1
                else { continue }
                stamped[origin, default: []].insert(rest[0])
            } else if let (origin, rest) = RemoteName.split(name, folder: "archive"), name.hasPrefix("archive/") {
                guard rest.count == 2, rest[0] < rest[1] else { continue }
                origins[origin, default: Entry()].bundles.append(Bundle(from: rest[0], to: rest[1]))
            }
        }
        for (origin, found) in numbers {
            var last = 0
            while found.contains(last + 1) { last += 1 }
            origins[origin, default: Entry()].snapshots = last
            origins[origin]?.timestamps = stamped[origin, default: []].filter { (1...max(1, last)).contains($0) }
                .sorted()
        }
        for origin in origins.keys { origins[origin]?.bundles.sort() }
        origins = origins.filter { $0.value.snapshots > 0 || !$0.value.bundles.isEmpty }
    }

    package var bytes: [UInt8] {
        let entries = origins.sorted { $0.key < $1.key }.map { origin, entry in
            JSON.Member(
                origin.description,
                [
                    "bundles": .array(entry.bundles.map { [JSON($0.from), JSON($0.to)] }),
                    "snapshots": JSON(entry.snapshots),
                    "timestamps": .array(entry.timestamps.map { JSON($0) }),
                ])
        }
        let document: JSON = ["format": 1, "origins": .object(entries)]
        return document.canonicalBytes + [0x0A]
    }

    /// Why bytes are no index.
    package struct Malformed: Error, Hashable, Sendable {
        package let reason: String
    }

    package init(parsing bytes: [UInt8]) throws(Malformed) {
        guard bytes.count <= Self.largest else { throw Malformed(reason: "it is too large") }
        guard bytes.last == 0x0A else { throw Malformed(reason: "it does not end with a newline") }
        let document: JSON
        do throws(JSONError) { document = try JSON(canonical: Array(bytes.dropLast())) } catch {
            throw Malformed(reason: error.description)
        }
        guard case .object(let members) = document, members.map(\.name) == ["format", "origins"],
            case .object(let entries)? = document["origins"]
        else { throw Malformed(reason: "it does not have the members 'format' and 'origins'") }
        guard document["format"]?.integer == 1 else { throw Malformed(reason: "it has a format that is not known") }
        var left = Self.mostEntries
        for entry in entries {
            guard let origin = OriginID(entry.name), let read = Self.entry(entry.value, &left) else {
                throw Malformed(reason: "what it says of an origin is not valid")
            }
            origins[origin] = read
        }
    }

    private static func entry(_ value: JSON, _ left: inout Int) -> Entry? {
        guard case .object(let members) = value, members.map(\.name) == ["bundles", "snapshots", "timestamps"],
            let bundles = value["bundles"]?.array, let snapshots = value["snapshots"]?.integer,
            let timestamps = value["timestamps"]?.array, snapshots >= 0, snapshots <= left
        else { return nil }
        left -= Int(snapshots) + bundles.count + timestamps.count
        guard left >= 0 else { return nil }
        var entry = Entry()
        entry.snapshots = Int(snapshots)
        for bundle in bundles {
            guard let ends = bundle.array, ends.count == 2, let from = ends[0].integer, let to = ends[1].integer,
                from >= 0, from < to
            else { return nil }
            let bundle = Bundle(from: Int(from), to: Int(to))
            guard entry.bundles.last.map({ $0 < bundle }) ?? true else { return nil }
            entry.bundles.append(bundle)
        }
        for number in timestamps {
            guard let number = number.integer, number >= 1, number <= snapshots,
                entry.timestamps.last.map({ $0 < number }) ?? true
            else { return nil }
            entry.timestamps.append(Int(number))
        }
        return entry
    }

    /// The names of the files that it stands for, those that begin with `prefix`.
    func names(under prefix: String) -> [String] {
        let folder = prefix.prefix { $0 != "/" }
        let stem = prefix.dropFirst(folder.utf8.count + 1)
        var names: [String] = []
        for (origin, entry) in origins {
            let id = origin.description
            guard id.hasPrefix(stem.prefix(64)) else { continue }
            if folder == "manifests" {
                for number in stride(from: 1, through: entry.snapshots, by: 1) {
                    let name = "manifests/\(id)-\(number).json"
                    names += [name, name + ".sig"]
                }
                names += entry.timestamps.map { "manifests/\(id)-\($0).json.tsr" }
            } else if folder == "archive" {
                for bundle in entry.bundles {
                    let name = "archive/\(id)-\(bundle.from)-\(bundle.to)"
                    names += [name + ".json", name + ".json.sig", name + ".tar.zst"]
                }
            }
        }
        return stem.isEmpty ? names : names.filter { $0.hasPrefix(prefix) }
    }

    func stems(in folder: String) -> Set<String> {
        Set(
            origins.filter {
                folder == "manifests" ? $0.value.snapshots > 0 : folder == "archive" && !$0.value.bundles.isEmpty
            }
            .map(\.key.description))
    }
}

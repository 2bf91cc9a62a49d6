package import Models
internal import Storage

/// `manifests/index.json`: what a remote holds, as whoever pushed last put it down, so that a place that cannot list its files can be
/// read and others need few requests. Anybody who can write there can write anything into it: it only says where to look.
package struct RemoteIndex: Hashable, Sendable {
    package static let name = "manifests/index.json"
    static let format: Int64 = 1
    /// A hundred thousand bundles fit.
    static let largest = 16 << 20

    package struct Entry: Hashable, Sendable {
        /// The number of the newest snapshot; all before it are there.
        package var snapshots: Int
        /// The lines that each bundle holds, ascending.
        package var bundles: [Range<Int>]
        /// The numbers of snapshots with a timestamp beside them, ascending.
        package var timestamps: [Int]

        package init(snapshots: Int, bundles: [Range<Int>], timestamps: [Int]) {
            self.snapshots = snapshots
            self.bundles = bundles
            self.timestamps = timestamps
        }
    }

    package var origins: [OriginID: Entry]

    package init(origins: [OriginID: Entry] = [:]) { self.origins = origins }

    /// Canonical JSON and a newline.
    package var encoded: [UInt8] {
        let members = origins.map { origin, entry in
            JSON.Member(
                origin.description,
                [
                    "bundles": .array(entry.bundles.map { .array([JSON($0.lowerBound), JSON($0.upperBound)]) }),
                    "snapshots": JSON(entry.snapshots), "timestamps": .array(entry.timestamps.map { JSON($0) }),
                ])
        }
        return JSON.object([.init("format", .integer(Self.format)), .init("origins", .object(members))]).canonicalBytes
            + [UInt8(ascii: "\n")]
    }

    /// Nil for anything but what `encoded` writes.
    package init?(parsing encoded: [UInt8]) {
        guard encoded.last == UInt8(ascii: "\n"), let json = try? JSON(canonical: encoded.dropLast()),
            json["format"]?.integer == Self.format, case .object(let members)? = json["origins"]
        else { return nil }
        origins = [:]
        for member in members {
            guard let origin = OriginID(member.name), let snapshots = member.value["snapshots"]?.integer,
                let bundles = member.value["bundles"]?.array, let stamps = member.value["timestamps"]?.array,
                (0...Int64(Int32.max)).contains(snapshots)
            else { return nil }
            var entry = Entry(
                snapshots: Int(snapshots), bundles: [], timestamps: stamps.compactMap { $0.integer.map { Int($0) } })
            for bundle in bundles {
                guard let pair = bundle.array, pair.count == 2, let from = pair[0].integer, let to = pair[1].integer,
                    from >= 0, from < to
                else { return nil }
                entry.bundles.append(Int(from)..<Int(to))
            }
            origins[origin] = entry
        }
        guard self.encoded == encoded else { return nil }
    }

    /// Nil where there is none that can be read: then everything is looked for in other ways.
    package static func read(from remote: any Remote) throws(SyncError) -> RemoteIndex? {
        guard let bytes = try remote.read(name, limit: largest) else { return nil }
        return RemoteIndex(parsing: bytes)
    }
}

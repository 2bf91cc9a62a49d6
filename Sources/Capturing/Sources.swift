internal import Glibc
public import Storage

/// Something to capture: one file, or the standard input.
public struct CaptureSource: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        case file(path: String)
        case standardInput
    }
    public let place: Place
    /// As the user sees it in status lines.
    public let name: String
    /// Relative to what the user named: what a signed detail may tell about this machine's folders.
    public let relativePath: String?
    /// `file`, `folder` or `stdin`.
    public let kind: String
}

/// Turns what a user names into files, in a stable order.
public enum SourceFinder {
    /// - Parameter arguments: paths of files and folders, or `-`.
    /// - Returns: every file to capture, and every argument or folder that could not be read.
    public static func find(_ arguments: [String]) -> (
        sources: [CaptureSource], failures: [(name: String, error: FileError)]
    ) {
        var sources: [CaptureSource] = []
        var failures: [(name: String, error: FileError)] = []
        for argument in arguments {
            if argument == "-" {
                sources.append(CaptureSource(place: .standardInput, name: "-", relativePath: nil, kind: "stdin"))
            } else if Files.isFolder(argument) {
                let root = argument.count > 1 && argument.hasSuffix("/") ? String(argument.dropLast()) : argument
                walk(root, below: "", &sources, &failures)
            } else if Files.exists(argument) {
                sources.append(
                    CaptureSource(
                        place: .file(path: argument), name: argument, relativePath: Files.name(of: argument),
                        kind: "file"))
            } else {
                failures.append((argument, FileError("open", argument, code: ENOENT)))
            }
        }
        return (sources, failures)
    }

    /// Hidden files and folders are left out: they hold settings and version control, not pages.
    private static func walk(
        _ root: String, below path: String, _ sources: inout [CaptureSource],
        _ failures: inout [(name: String, error: FileError)]
    ) {
        let folder = path.isEmpty ? root : "\(root)/\(path)"
        let names: [String]
        do throws(FileError) { names = try Files.names(in: folder) } catch {
            failures.append((folder, error))
            return
        }
        for name in names where !name.hasPrefix(".") {
            let relative = path.isEmpty ? name : "\(path)/\(name)"
            if Files.isFolder("\(root)/\(relative)") {
                // A link to a folder could lead in circles.
                if !Files.isLink("\(root)/\(relative)") { walk(root, below: relative, &sources, &failures) }
            } else {
                sources.append(
                    CaptureSource(
                        place: .file(path: "\(root)/\(relative)"), name: "\(root)/\(relative)", relativePath: relative,
                        kind: "folder"))
            }
        }
    }
}

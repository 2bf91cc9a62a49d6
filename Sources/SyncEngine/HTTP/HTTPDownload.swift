private import Glibc
internal import Storage

extension HTTPClient {
    /// Fetches a file of `size` bytes onto the end of a local one, going on where it stops when it is broken off.
    ///
    /// - Parameter make: the request, with the value of a header `Range` where only the rest is wanted.
    /// - Returns: what the server said last; nil when the local file was whole before. The file is whole when that is a success; a fault of
    ///   the kind `useless` says that the server has not this file, but another.
    func download(
        to path: String, size: Int, progress: (Int) -> Void, isTransient: (HTTPAnswer) -> Bool = { _ in false },
        _ make: (_ range: String?) throws(HTTPFault) -> HTTPRequest
    ) throws(HTTPFault) -> HTTPAnswer? {
        let file: OpenFile
        do throws(FileError) { file = try OpenFile(appending: path) } catch { throw Self.fault(error) }
        let descriptor = file.descriptor
        var held = lseek(descriptor, 0, SEEK_END)
        guard held < size || size == 0 else { return nil }
        let answer: HTTPAnswer
        do throws(HTTPFault) {
            answer = try send(
                progress: progress, isTransient: isTransient,
                { () throws(HTTPFault) in
                    held = lseek(descriptor, 0, SEEK_END)
                    return try make(held > 0 ? "bytes=\(held)-" : nil)
                },
                receive: { Self.reception(of: $0, into: descriptor, path, held: held, size: size) })
        } catch {
            throw error.kind == .tooLarge ? Self.otherSize(size) : error
        }
        let whole: Int
        do throws(FileError) {
            try file.sync()
            whole = try file.size()
        } catch {
            throw Self.fault(error)
        }
        if answer.status == 416 || (answer.head.isSuccess && whole != size) { throw Self.otherSize(size) }
        return answer
    }

    private static func reception(
        of head: HTTPHead, into descriptor: Int32, _ path: String, held: Int, size: Int
    ) -> HTTPReception {
        if head.status == 206 {
            guard let range = head.range, range.first == held else {
                return .useless("the server did not send the part that it was asked for")
            }
            guard range.total == size else { return .useless(otherSize(size).reason) }
            return .file(descriptor: descriptor, path: path, skipping: 0, limit: size - held)
        }
        // A server that knows no ranges sends all of it again.
        if let length = head.length, length != size { return .useless(otherSize(size).reason) }
        return .file(descriptor: descriptor, path: path, skipping: held, limit: size - held)
    }

    private static func otherSize(_ size: Int) -> HTTPFault { HTTPFault("it does not have \(size) bytes", .useless) }

    private static func fault(_ error: FileError) -> HTTPFault { HTTPFault(error.description, .file(error)) }
}

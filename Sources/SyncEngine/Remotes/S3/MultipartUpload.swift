internal import Models
internal import Storage

/// A large file, sent in parts: it is there when the last call says that all of them belong together, and not before.
///
/// An upload that was broken off is gone on with: parts that the server has are not sent again, as far as their MD5 shows what they are.
/// One that the server or this machine made fail is taken back, and so is one that nobody has gone on with for some days: it is invisible, and costs.
struct MultipartUpload {
    let client: S3Client
    let key: String
    let partSize: Int

    /// S3's own limit.
    private static let mostParts = 10_000
    private static let mostPages = 100
    static let oldest: Int64 = 7 * 86_400_000

    private struct Part {
        let tag: String
        let size: Int
    }

    /// An upload that was begun and neither completed nor taken back.
    private struct Unfinished {
        let key: String
        let id: String
        let begun: Timestamp
    }

    func send(_ file: borrowing OpenFile, _ size: Int, _ progress: (Int) -> Void) throws(SyncError) {
        if try attempt(file, size, progress, isFirst: true) { return }
        // Somebody else who sent the same file had completed or taken back the upload under us.
        guard try attempt(file, size, { _ in }, isFirst: false) else {
            throw client.misbehaved("it does not know the upload that it has just begun")
        }
    }

    /// - Returns: false when the upload is no longer there, nor the file.
    private func attempt(
        _ file: borrowing OpenFile, _ size: Int, _ progress: (Int) -> Void, isFirst: Bool
    ) throws(SyncError) -> Bool {
        let before = isFirst ? try unfinished() : []
        let latest = before.filter { $0.key == key }.max { $0.begun < $1.begun }
        let id: String
        if let latest { id = latest.id } else { id = try begin() }
        do throws(SyncError) {
            let held = latest == nil ? [:] : try parts(of: id)
            let tags = try sendParts(file, size, id, held, progress)
            if let tags, try complete(id, tags) { return true }
            return try sizeThere() == size
        } catch {
            // What could not be reached is gone on with later.
            if case .remote(_, .unreachable) = error { throw error }
            let failure = error
            do throws(SyncError) { try abort(key, id) } catch {
                // The first failure is what is wrong; the upload is taken back when it is old.
            }
            throw failure
        }
    }

    private func begin() throws(SyncError) -> String {
        let answer = try client.send(S3Client.Call(method: .post, key: key, query: [("uploads", "")]))
        let document = try client.document(answer, "InitiateMultipartUploadResult")
        guard let id = document["UploadId"], !id.isEmpty else { throw client.misbehaved("it gives an upload no name") }
        return id
    }

    /// - Returns: the tag of each part, in order; nil when the server knows the upload no more.
    private func sendParts(
        _ file: borrowing OpenFile, _ size: Int, _ id: String, _ held: [Int: Part], _ progress: (Int) -> Void
    ) throws(SyncError) -> [String]? {
        // Whole MiB, so that a part is the same part when the file is sent again.
        let least = (size + Self.mostParts - 1) / Self.mostParts
        let length = max(partSize, ((least + (1 << 20) - 1) >> 20) << 20)
        var tags: [String] = []
        for (index, offset) in stride(from: 0, to: size, by: length).enumerated() {
            let count = min(length, size - offset)
            var call = S3Client.Call(method: .put, key: key)
            call.query = [("partNumber", String(index + 1)), ("uploadId", id)]
            call.body = .file(descriptor: file.descriptor, path: file.path, offset: offset, count: count)
            do throws(FileError) {
                call.digests = try BodyDigests(of: file, offset: offset, count: count)
            } catch {
                throw .file(error)
            }
            if let part = held[index + 1], part.size == count, part.tag == "\"\(call.digests.hexMD5)\"" {
                tags.append(part.tag)
                progress(count)
                continue
            }
            let answer = try client.send(call, progress: progress)
            if isGone(answer) { return nil }
            guard answer.status == 200 else { throw client.refusal(answer) }
            guard let tag = answer.head.headers["etag"], Self.isPlain(tag) else {
                throw client.misbehaved("it gives a part no tag")
            }
            tags.append(tag)
        }
        return tags
    }

    private func isGone(_ answer: HTTPAnswer) -> Bool {
        answer.status == 404 && client.complaint(answer).code == "NoSuchUpload"
    }

    /// Tags are sent back in XML.
    private static func isPlain(_ tag: String) -> Bool {
        (1...256).contains(tag.utf8.count)
            && tag.utf8.allSatisfy { (0x21..<0x7F).contains($0) && ![0x26, 0x3C, 0x3E].contains($0) }
    }

    /// - Returns: false when the server knows the upload no more: then it may be that an answer was lost that said that it is complete.
    private func complete(_ id: String, _ tags: [String]) throws(SyncError) -> Bool {
        let parts = tags.enumerated().map { "<Part><PartNumber>\($0 + 1)</PartNumber><ETag>\($1)</ETag></Part>" }
        let body = Array("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8)
        var call = S3Client.Call(method: .post, key: key, query: [("uploadId", id)], body: .bytes(body))
        call.digests = BodyDigests(of: body)
        let answer = try client.send(call)
        if isGone(answer) { return false }
        _ = try client.document(answer, "CompleteMultipartUploadResult")
        return true
    }

    private func sizeThere() throws(SyncError) -> Int? {
        let answer = try client.send(S3Client.Call(method: .head, key: key))
        if answer.status == 404 { return nil }
        guard answer.status == 200 else { throw client.refusal(answer) }
        return answer.head.length
    }

    private func abort(_ key: String, _ id: String) throws(SyncError) {
        let answer = try client.send(S3Client.Call(method: .delete, key: key, query: [("uploadId", id)]))
        guard answer.head.isSuccess || answer.status == 404 else { throw client.refusal(answer) }
    }

    /// What we have begun before under this remote's prefix; what is old among it is taken back.
    private func unfinished() throws(SyncError) -> [Unfinished] {
        var found: [Unfinished] = []
        var markers: (key: String, id: String)?
        for _ in 0..<Self.mostPages {
            var query = [(name: "uploads", value: ""), (name: "prefix", value: client.address.key(of: "archive/"))]
            if let markers { query += [("key-marker", markers.key), ("upload-id-marker", markers.id)] }
            let answer = try client.send(S3Client.Call(query: query, seconds: 300))
            // Those who may write need not be allowed to list; some servers cannot.
            if [403, 405, 501].contains(answer.status) { return [] }
            let page = try client.document(answer, "ListMultipartUploadsResult")
            for upload in page.all("Upload") {
                guard let key = upload["Key"], let id = upload["UploadId"],
                    let begun = upload["Initiated"].flatMap({ Timestamp($0) })
                else { continue }
                let now = client.clock()
                if now.milliseconds - begun.milliseconds > Self.oldest {
                    try abort(key, id)
                } else {
                    found.append(Unfinished(key: key, id: id, begun: begun))
                }
            }
            guard page["IsTruncated"] == "true", let key = page["NextKeyMarker"], let id = page["NextUploadIdMarker"]
            else { break }
            markers = (key, id)
        }
        return found
    }

    private func parts(of id: String) throws(SyncError) -> [Int: Part] {
        var found: [Int: Part] = [:]
        var marker: String?
        for _ in 0..<Self.mostPages {
            var query = [(name: "uploadId", value: id)]
            if let marker { query.append(("part-number-marker", marker)) }
            let answer = try client.send(S3Client.Call(key: key, query: query, seconds: 300))
            if isGone(answer) { return [:] }
            let page = try client.document(answer, "ListPartsResult")
            for part in page.all("Part") {
                guard let number = part["PartNumber"].flatMap({ Int($0) }), let tag = part["ETag"],
                    let size = part["Size"].flatMap({ Int($0) })
                else { continue }
                found[number] = Part(tag: tag, size: size)
            }
            guard page["IsTruncated"] == "true", let next = page["NextPartNumberMarker"] else { break }
            marker = next
        }
        return found
    }
}

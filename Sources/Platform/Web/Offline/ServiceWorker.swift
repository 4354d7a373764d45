/// The program that a telephone keeps so that a few pages are there without network: `worker.js`, with the names of the
/// files that it keeps in front of it. A new version of any of them makes a new worker.
enum ServiceWorker {
  static let path = "/sw.js"

  /// The outline of every page and what the kept ones do: nothing of anybody.
  private static let shell = [
    "site.css", "icon.svg", "icon-192.png", "app.js", "outbox.js", "outbox-bar.js", "speak.js", "live.js",
    "offline.js", "round.js", "slips.js",
  ]

  /// - Parameter worker: the text of `worker.js`.
  static func script(_ worker: [UInt8], _ files: StaticFiles) -> [UInt8] {
    let names = files.names
    var json = JSONWriter()
    json.object { json in
      json.array("files", shell.filter { names.contains($0) }.map { files.path(of: $0) })
      json.field("outbox", files.path(of: "outbox.js"))
      json.field("offline", OfflinePages.path)
    }
    return Array("const SHELL = ".utf8) + json.bytes + Array(";\n".utf8) + worker
  }
}

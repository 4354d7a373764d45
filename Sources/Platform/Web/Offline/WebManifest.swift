import Kernel

/// What a telephone is told when somebody puts the neighbourhood on its first screen (W3C web application manifest).
enum WebManifest {
  /// A browser asks for it without its cookies, so the page that links to it says its language.
  static let path = "/app.webmanifest"

  static func document(_ community: CommunityCard, _ language: Language, _ files: StaticFiles) -> [UInt8] {
    let say = Wording(language, offsetSeconds: community.offsetSeconds)
    var json = JSONWriter()
    json.object { json in
      json.field("id", "/")
      json.field("name", "\(say(community.name)) · \(say("暖邻", "Nuanlin"))")
      json.field("short_name", say("暖邻", "Nuanlin"))
      json.field("description", say("和邻居一起买菜，有人帮忙。", "Buying together with neighbours, and someone to help."))
      json.field("lang", language.tag)
      json.field("dir", "ltr")
      json.field("start_url", "/")
      json.field("scope", "/")
      json.field("display", "standalone")
      json.field("background_color", "#fbf6ec")
      json.field("theme_color", "#2f5d46")
      json.array("categories", ["shopping", "lifestyle"])
      json.array("icons", Self.icons) { json, icon in Self.write(icon, files, &json) }
      json.array("shortcuts", Self.shortcuts) { json, shortcut in
        json.object { json in
          json.field("name", say(shortcut.name))
          json.field("url", shortcut.path)
          json.array("icons", Self.icons.prefix(1)) { json, icon in Self.write(icon, files, &json) }
        }
      }
    }
    return json.bytes
  }

  private struct Icon {
    let file: String
    let sizes: String
    let type: String
    let purpose: String
  }

  private static let icons = [
    Icon(file: "icon-192.png", sizes: "192x192", type: "image/png", purpose: "any"),
    Icon(file: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any"),
    Icon(file: "icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable"),
    Icon(file: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any"),
  ]

  private static let shortcuts: [(path: String, name: Phrase)] = [
    ("/orders", Phrase("我的订单", "My orders")), ("/pickup-code", Phrase("取货码", "Pickup code")),
  ]

  private static func write(_ icon: Icon, _ files: StaticFiles, _ json: inout JSONWriter) {
    json.object { json in
      json.field("src", files.path(of: icon.file))
      json.field("sizes", icon.sizes)
      json.field("type", icon.type)
      json.field("purpose", icon.purpose)
    }
  }
}

import Kernel
import Web

/// The page on which the station writes what all addresses have in common.
struct DirectoryAddressPages {
  let say: Wording
  let token: String

  static let path = "/place-desk/address"

  func form(
    _ kept: KeptDirectoryAddress?, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let title = say("公开目录的地址", "Address of the public directory")
    let fields = FormParts(state, say)
    let why = say(
      "别处的服务目录从这里读公开的地点。地址只写到楼的，目录用不了；省、市、邮编在这里写一次，每个地点都会带上。不写，目录里就没有地址。",
      "Directories elsewhere read the public places from here. A building alone is no address to them: province, city and postal code are written once and go with every place. Without them no address is given."
    )
    let form = fields.form(
      to: Self.path, token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(kept?.revision ?? 0)))\
      \(fields.text("province_zh", Phrase("省、自治区或直辖市", "Province in Chinese"), maximumLength: 40))\
      \(fields.text("province_en", Phrase("英文", "Province in English"), isRequired: false, maximumLength: 40))\
      \(fields.text("city_zh", Phrase("市", "City in Chinese"), hint: Phrase("直辖市请再写一次。", "A city that is a province of its own is written again."), maximumLength: 40))\
      \(fields.text("city_en", Phrase("市的英文", "City in English"), isRequired: false, maximumLength: 40))\
      \(fields.text("postal_code", Phrase("邮政编码", "Postal code"), maximumLength: 6, inputMode: "numeric"))\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(why)</p><section class="panel">\(form)</section>\
        <p class="actions"><a class="button quiet" href="/place-desk">\(say("返回", "Back"))</a></p>
        """, alerts: notices + alerts)
  }
}

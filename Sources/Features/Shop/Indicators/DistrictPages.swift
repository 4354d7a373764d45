import Kernel
import Web

/// The desk's page of where merchants are at home.
struct DistrictPages {
  static let title = Phrase("商户在哪个区", "Districts of merchants")

  let say: Wording
  let token: String

  /// - Parameters:
  ///   - failed: the merchant whose form could not be taken; nil for that of the community.
  ///   - state: what was typed there.
  func page(
    home: EnteredDistrict?, _ merchants: [(merchant: Merchant, district: District?)],
    failed: MerchantID?, _ state: FormState?, newKey: () -> String, notices: [HTML]
  ) -> Page {
    let homeState = failed == nil ? state : nil
    let forms = merchants.map { entry -> HTML in
      let id = entry.merchant.id
      return PageParts.card(
        say(entry.merchant.name),
        """
        \(standing(entry.district, home: home?.district))\
        \(form(
          to: "/desk/districts/merchants/\(id)", entry.district, failed == id ? state : nil,
          place: id.description, key: newKey()))
        """)
    }
    return Page(
      title: say(Self.title), kind: .staff,
      main: """
        <h1>\(say(Self.title))</h1>\
        <p class="lead">\(say("用来算大家花的钱有多少留在本区。每家写同一种写法，比如“崇明区”。", "By this we count how much of what is spent stays in the district. Write each in the same way, such as “Chongming”."))</p>\
        \(PageParts.card(
          say("我们社区在哪个区", "The community’s own district"),
          form(to: "/desk/districts/home", home?.district, homeState, place: "home", key: newKey())))\
        \(forms.isEmpty ? PageParts.empty(say("还没有商户。", "There is no merchant yet.")) : HTML.joined(forms))
        """, alerts: notices)
  }

  private func standing(_ district: District?, home: District?) -> HTML {
    guard let district else { return PageParts.tag(say("还没写", "Not entered"), .notice) }
    guard let home else { return .empty }
    return district == home
      ? PageParts.tag(say("本区", "Local"), .good) : PageParts.tag(say("外区", "Elsewhere"))
  }

  private func form(
    to path: String, _ district: District?, _ state: FormState?, place: String, key: String
  ) -> HTML {
    let shown = state ?? FormState(["district": district?.name ?? ""])
    let parts = FormParts(shown, say, place: place)
    return parts.form(
      to: path, token: token, idempotencyKey: key,
      """
      \(parts.text("district", Phrase("哪个区", "District"), maximumLength: District.length.upperBound))\
      \(parts.submit(Phrase("保存", "Save")))
      """)
  }
}

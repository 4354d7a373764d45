import Kernel
import Web

/// The pages of the shelf: where bags stand, and what it looked like.
struct PickupShelfPages {
  let say: Wording
  let token: String

  /// One bag on the leader's list.
  struct Bag: Sendable {
    let order: Order
    let name: String
    let place: ShelfPlace?
  }

  func desk(_ campaign: Campaign, _ bags: [Bag], _ photos: [ShelfPhoto], state: FormState, alerts: [HTML])
    -> Page
  {
    let title = say("货架", "Shelf")
    return Page(
      title: title,
      main: """
        <h1>\(title)\(say("：", ": "))\(say(campaign.title))</h1>\
        <p>\(say("袋子放在没人看的货架上时，摆好拍一张，收摊再拍一张。订了这个团的邻居能看到，两个星期后自动删掉。", "Where bags stand on a shelf without anybody beside it, take a photo when they are put there and one at closing. The households of this group-buy see them; they are deleted after two weeks."))</p>\
        \(upload(campaign, state))\(gallery(photos))\(places(campaign, bags, state))\
        <p><a href="/desk/campaigns/\(campaign.id)/pickup">\(say("回取货台", "Back to the pickup table"))</a></p>
        """, alerts: alerts)
  }

  private func upload(_ campaign: Campaign, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    return PageParts.card(
      say("拍货架", "Photograph the shelf"),
      parts.form(
        to: "/desk/campaigns/\(campaign.id)/shelf/photos", token: token, files: true,
        """
        \(parts.radios("occasion", Phrase("什么时候", "When"), options: ShelfPhoto.Occasion.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.file("picture", Phrase("货架照片", "Photo of the shelf"), hint: Phrase("只拍货架和袋子，不要拍到人。", "The shelf and the bags only; no people please."), accept: "image/*"))\
        \(parts.checkbox("nobody", Phrase("我看过了，照片里没有人", "I have looked: nobody is in the photo")))\
        \(parts.submit(Phrase("存好照片", "Keep it")))
        """))
  }

  /// The photos with when they were taken; empty where there is none.
  func gallery(_ photos: [ShelfPhoto]) -> HTML {
    guard !photos.isEmpty else { return .empty }
    let figures = photos.map { photo -> HTML in
      let when = "\(say(photo.occasion.name)) · \(say.dateTime(photo.takenAt))"
      return """
        <figure class="shelf-photo"><img src="/shelf-photos/\(photo.id)/large" \
        alt="\(say("货架照片，\(when)", "The shelf, \(when)"))" width="\(photo.width)" height="\(photo.height)" loading="lazy">\
        <figcaption>\(when)</figcaption></figure>
        """
    }
    return """
      <section class="card" id="shelf-photos"><h2>\(say("货架照片", "Photos of the shelf"))</h2><div class="shelf-photos">\(figures)</div></section>
      """
  }

  private func places(_ campaign: Campaign, _ bags: [Bag], _ state: FormState) -> HTML {
    guard !bags.isEmpty else {
      return PageParts.empty(say("没有要摆的袋子。", "There are no bags to place."))
    }
    let parts = FormParts(state, say)
    let fields = bags.map { bag in
      parts.text(
        ShelfForm.field(bag.order.id),
        Phrase(same: "\(OrderNumber.text(bag.order.number)) \(bag.name)"),
        isRequired: false, isAlternative: true, maximumLength: 12, autocomplete: "off")
    }
    return PageParts.card(
      say("哪一袋在哪一格", "Which bag stands where"),
      parts.form(
        to: "/desk/campaigns/\(campaign.id)/shelf/places", token: token,
        """
        <p class="hint">\(say("写货架上的格子号，比如 A3。邻居在订单页上看得到。", "Write the place as it is on the shelf, such as A3. The household reads it on its order."))</p>\
        <div class="shelf-places">\(fields)</div>\(parts.submit(Phrase("记下位置", "Keep the places")))
        """))
  }

  /// For households that ordered in the campaign.
  func household(_ campaign: Campaign, _ photos: [ShelfPhoto], isCardSession: Bool) -> Page {
    let title = say("货架照片", "Photos of the shelf")
    return Page(
      title: title,
      main: """
        <h1>\(title)\(say("：", ": "))\(say(campaign.title))</h1>\
        \(photos.isEmpty ? PageParts.empty(say("没有照片。照片只留两个星期。", "There are no photos. They are kept for two weeks.")) : gallery(photos))\
        <p><a href="/orders">\(say("我家的订单", "My household's orders"))</a></p>\(SharedTablet.finish(isCardSession, formToken: token, say))
        """)
  }

  /// The part of an order's page: where its bag stands.
  static func part(_ order: Order, _ place: ShelfPlace?, photos: Int, _ say: Wording) -> HTML {
    guard order.fulfilment.isOpen, place != nil || photos > 0 else { return .empty }
    let standing: HTML =
      place.map { place -> HTML in
        "<p>\(say("您的袋子在", "Your bag stands at")) <strong class=\"shelf-place\">\(place.place)</strong></p>"
      } ?? .empty
    let link: HTML =
      photos > 0
      ? "<p><a href=\"/campaigns/\(order.campaign)/shelf\">\(say("看货架照片（\(photos)）", "See the shelf (\(photos))"))</a></p>"
      : .empty
    return """
      <section class="card" id="shelf"><h2>\(say("货架", "Shelf"))</h2>\(standing)\(link)</section>
      """
  }
}

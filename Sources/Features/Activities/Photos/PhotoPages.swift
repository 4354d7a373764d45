import Kernel
import People
import Web

/// The station's page of an activity's photos.
struct PhotoPages {
  let say: Wording
  let token: String

  private var parts: ActivityParts { ActivityParts(say: say) }

  struct View: Sendable {
    let activity: Activity
    let photos: [ActivityPhoto]
    /// Those in the photos who agree now.
    let agreed: Set<PersonID>
    /// Who can be ticked, in order.
    let offered: [PersonID]
    let names: [PersonID: String]
  }

  func photos(_ view: View, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]) -> Page {
    let title = say("活动照片", "Photos of the activity")
    let shown: HTML =
      view.photos.isEmpty
      ? PageParts.empty(say("还没有照片。", "There are no photos yet."))
      : .joined(view.photos.enumerated().map { card($1, view, "\(key)-\($0)") })
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(view.activity.terms.title)</p>\
        <p>\(say("认得出的每一位都同意了，照片才能公布；谁收回同意，照片马上看不到，一天内删掉。", "A photo is published only when everybody who can be recognised agrees. When somebody takes that back it is out of sight at once and deleted within a day."))</p>\
        \(upload(view, key, state))\(shown)\
        <p><a href="\(ActivityDeskPages.base(view.activity.id))">\(say("返回", "Back"))</a></p>
        """, alerts: notices + alerts)
  }

  private func upload(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    let people = view.offered.map {
      (value: $0.description, name: Phrase(same: view.names[$0] ?? "—"))
    }
    let kinds = ActivityPhoto.People.allCases.map { (value: $0.rawValue, name: $0.name) }
    return PageParts.card(
      say("加一张", "Add one"),
      fields.form(
        to: "\(ActivityDeskPages.base(view.activity.id))/photos", token: token, files: true,
        idempotencyKey: key,
        """
        \(fields.file("picture", Phrase("照片", "Photo"), accept: "image/*"))\
        \(fields.text("caption", Phrase("一句说明", "A caption"), hint: Phrase("不要写名字。", "No names, please."), isRequired: false, maximumLength: 60))\
        \(fields.radios("people", Phrase("照片里认得出谁", "Who can be recognised in it"), options: kinds))\
        \(fields.checkboxes("person", Phrase("认得出的人（来了的、有账号的）", "Those who can be (who came and have an account)"), options: people))\
        \(fields.text("numbers", Phrase("或者写报名的号", "Or their numbers on the list"), hint: Phrase("如：3 5 8-12", "Such as 3 5 8-12"), isRequired: false, autocomplete: "off"))\
        \(fields.submit(Phrase("存好照片", "Keep it")))
        """))
  }

  private func card(_ photo: ActivityPhoto, _ view: View, _ key: String) -> HTML {
    let base = "\(ActivityDeskPages.base(view.activity.id))/photos/\(photo.id)"
    let isShowable = PhotoRules.isShowable(photo.people, photo.persons, agreed: view.agreed)
    let state: HTML =
      if photo.publishedAt == nil {
        PageParts.tag(say("没有公布", "Not published"))
      } else {
        isShowable
          ? PageParts.tag(say("居民看得到", "Published"), .good)
          : PageParts.tag(say("有人收回了同意，居民看不到", "Somebody took consent back: out of sight"), .bad)
      }
    let persons = photo.persons.map { person -> HTML in
      let agrees = view.agreed.contains(person)
      let tag = PageParts.tag(
        agrees ? say("同意", "Agrees") : say("没有同意", "Has not agreed"), agrees ? .good : .bad)
      return "<li>\(view.names[person] ?? "—") \(tag)</li>"
    }
    let list: HTML = persons.isEmpty ? .empty : "<ul>\(persons)</ul>"
    var buttons: [HTML] = []
    if photo.publishedAt != nil {
      buttons.append(button(Phrase("收起来", "Take it back"), "\(base)/hide", "\(key)-hide"))
    } else if isShowable {
      buttons.append(button(Phrase("公布", "Publish"), "\(base)/publish", "\(key)-publish"))
    }
    buttons.append(button(Phrase("删掉", "Delete"), "\(base)/delete", "\(key)-delete"))
    return """
      <section class="card">\(PhotoParts(say: say).figure(photo, .small))<p>\(state) \(say(photo.people.name))</p>\(list)\(buttons)</section>
      """
  }

  private func button(_ label: Phrase, _ path: String, _ key: String) -> HTML {
    PageParts.loneButton(say(label), to: path, token: token, key: key, isQuiet: true)
  }
}

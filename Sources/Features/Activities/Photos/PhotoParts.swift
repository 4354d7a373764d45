import Kernel
import Web

/// Photos as they are shown.
struct PhotoParts {
  let say: Wording

  static func path(_ photo: ActivityPhoto, _ size: ActivityPhoto.Size) -> String {
    "/activity-photos/\(photo.id)/\(size.rawValue)"
  }

  func figure(_ photo: ActivityPhoto, _ size: ActivityPhoto.Size = .large) -> HTML {
    let words = photo.caption.isEmpty ? say("活动照片", "Photo of the activity") : photo.caption
    return """
      <figure class="shelf-photo"><img src="\(Self.path(photo, size))" alt="\(words)" width="\(photo.width)" \
      height="\(photo.height)" loading="lazy"><figcaption>\(words)</figcaption></figure>
      """
  }

  /// On the page of the activity; empty where there is none.
  func gallery(_ photos: [ActivityPhoto]) -> HTML {
    if photos.isEmpty { return .empty }
    return PageParts.card(
      say("照片", "Photos"), "<div class=\"shelf-photos\">\(photos.map { figure($0) })</div>")
  }
}

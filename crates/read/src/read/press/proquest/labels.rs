//! The labels of ProQuest, in the languages that its pages come in.

/// What a label says that the lines below it are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// What stands above all labels.
    Top,
    Title,
    Author,
    Paper,
    /// Paper, place, day and page in one line.
    Info,
    Date,
    Year,
    Section,
    Dateline,
    Language,
    Address,
    /// The number of the record.
    Number,
    Database,
    Text,
    Abstract,
    /// The byline, as it stands below the text.
    Credit,
    /// What stands beside a picture; below a text only.
    Caption,
    /// Known and not used; it ends the text above it.
    Other,
}

/// Labels in lower case, separated by `|`.
const LABELS: [(Label, &str); 16] = [
    (Label::Title, "title|titel|título|titre|titolo|título do documento"),
    (Label::Author, "author|authors|autor|autoren|verfasser|autores|auteur|auteurs|autore|autori"),
    (
        Label::Paper,
        "publication title|titel der publikation|titel der veröffentlichung|título de publicación|título de la \
         publicación|título da publicação|titre de la publication|titre de publication|titolo pubblicazione|titolo della \
         pubblicazione",
    ),
    (
        Label::Info,
        "publication info|publikationsinfo|informationen zur publikation|información de publicación|información de la \
         publicación|informações da publicação|infos sur la publication|informations de publication|informations sur \
         la publication|informazioni sulla pubblicazione",
    ),
    (
        Label::Date,
        "publication date|erscheinungsdatum|publikationsdatum|datum der publikation|fecha de publicación|data de \
         publicação|data da publicação|date de publication|data di pubblicazione",
    ),
    (
        Label::Year,
        "publication year|year|erscheinungsjahr|publikationsjahr|año de publicación|ano de publicação|année de \
         publication|anno di pubblicazione",
    ),
    (Label::Section, "section|rubrik|teil|sección|seção|rubrique|sezione"),
    (Label::Dateline, "dateline"),
    (Label::Credit, "credit"),
    (
        Label::Language,
        "language of publication|language|sprache der publikation|sprache der veröffentlichung|idioma de publicación|\
         idioma de la publicación|idioma da publicação|langue de publication|langue de la publication|lingua di \
         pubblicazione",
    ),
    (
        Label::Address,
        "document url|dokument-url|url des dokuments|url del documento|url de documento|url du document|url do \
         documento",
    ),
    (
        Label::Number,
        "proquest document id|proquest-dokument-id|id des proquest-dokuments|id del documento de proquest|id de \
         documento de proquest|id de documento proquest|id do documento da proquest|id do documento \
         proquest|identificateur de document proquest|id du document proquest|id document proquest|id documento proquest",
    ),
    (Label::Database, "database|datenbank|base de datos|base de dados|base de données|banca dati"),
    (
        Label::Text,
        "full text|volltext|texto completo|texte intégral|texte complet|testo completo|testo integrale",
    ),
    (
        Label::Abstract,
        "abstract|abstract (summary)|zusammenfassung|kurzfassung|resumen|résumé|resumo|riassunto|extracto",
    ),
    (
        Label::Other,
        "links|link|business indexing term|subject|subjects|subject terms|location|company / organization|company/organization|people|\
         classification|identifier / keyword|identifiers / keywords|identifier/keyword|alternate title|title annotation|\
         pages|page|first page|start page|number of pages|volume|issue|publication subject|publisher|place of \
         publication|country of publication|issn|e-issn|isbn|source type|source|document type|document feature|\
         copyright|last updated|column|edition|accession number|coden|doi|correspondence author|\
         product name|geographic|publication frequency|text word count|word count|supplemental data|series|\
         thema|themen|schlagwort|ort|personen|unternehmen/organisation|firma/organisation|seiten|seite|band|ausgabe|\
         verlag|herausgeber|erscheinungsort|erscheinungsland|land der publikation|quellentyp|art der quelle|\
         dokumententyp|dokumenttyp|zuletzt aktualisiert|letzte aktualisierung|materia|materias|lugar|ubicación|\
         personas|páginas|volumen|editorial|lugar de publicación|país de publicación|tipo de fuente|tipo de \
         documento|última actualización|sujet|sujets|lieu|personnes|société / organisation|éditeur|lieu de publication|\
         pays de publication|type de source|type de document|dernière mise à jour|mis à jour|assunto|local|páginas|\
         editora|local de publicação|país de publicação|tipo de fonte|última atualização|droits d'auteur|\
         soggetto|editore|luogo di pubblicazione|paese di pubblicazione|tipo di fonte|tipo di documento|ultimo \
         aggiornamento",
    ),
];

/// The label of a line and what stands behind it.
pub(super) fn label(text: &str) -> Option<(Label, &str)> {
    let head = &text[..text.floor_char_boundary(LABEL_BYTES_MAX)];
    let (name, _) = head.split_once(':')?;
    let value = text[name.len() + 1..].trim();
    let name = name.trim().to_lowercase();
    let found = LABELS.iter().find(|(_, names)| names.split('|').any(|it| it.trim() == name));
    found.map(|(label, _)| (*label, value))
}

/// The longest label has some 50 bytes.
const LABEL_BYTES_MAX: usize = 64;

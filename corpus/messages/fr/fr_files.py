"""French sentences: why a file could not be read, or only in part; stored as a reason.

Areas: file. The spaces before ``; : ! ?`` and inside « » are U+202F.
See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # The limits of the process that reads a file.
    "file.wall-time": "la lecture a duré plus de {seconds:g} s ; l’ordinateur était peut-être occupé",
    "file.cpu-time": "la lecture a pris plus de {seconds} s de temps de calcul, la limite pour un fichier",
    "file.memory": "la lecture demandait plus de mémoire qu’il n’est permis pour un fichier",
    "file.reader-ended": "le programme qui le lit s’est terminé sans résultat (code de sortie {code})",
    "file.reader-crashed": "le programme qui le lit a planté ({signal})",
    "file.reader-stopped": (
        "le programme qui le lit a été arrêté de l’extérieur ({signal}) ; l’ordinateur a peut-être manqué de mémoire"
    ),
    "file.reader-hindered": (
        "le programme qui le lit n’a pas pu travailler : le disque est plein ou en panne, ou trop de fichiers ou de"
        " programmes sont ouverts"
    ),
    "file.reader-failed": "le programme qui le lit a échoué : {error}",
    "file.changing": (
        "le fichier était en cours d’écriture à chaque lecture ; lancez 'muniment index' quand ce sera fini"
    ),
    "file.not-read-again": "n’a pas pu être relu ; le texte lu auparavant est donc conservé : {reason}",
    "file.result-unsendable": "ce qui a été lu ne peut pas être transmis ({error})",
    "file.result-invalid": "son lecteur a envoyé ce qui n’est pas un résultat",
    "file.result-too-large": "ce qui a été lu dépasse {mib:,} Mio",
    # Files that no reader can read.
    "file.empty": "le fichier est vide",
    "file.unavailable": "ne peut pas être lu : {cause}",
    "file.no-reader": "pas de lecteur pour les fichiers {extension} (données binaires, pas du texte)",
    "file.kind-unpack": "{kind} : ce format n’est pas lu ; décompressez-le et indexez les fichiers qu’il contient",
    "file.kind-export": (
        "{kind} : ce format n’est pas lu ; enregistrez-le en PDF, en texte ou dans un autre format qui est lu"
    ),
    "file.kind-sound": "{kind} : ce format n’est pas lu ; indexez plutôt une transcription ou des sous-titres",
    "file.kind-no-text": "{kind} : ce format n’a pas de texte à lire",
    "file.kind-locked": "{kind} : ce format n’est pas lu ; déchiffrez-le d’abord",
    "file.no-converter-doc": "pas de lecteur pour les fichiers .doc ; installez antiword ou LibreOffice",
    "file.password": "demande un mot de passe",
    "file.xfa-form": (
        "un formulaire XFA, que seuls les programmes d’Adobe affichent ; pour que son texte soit lu, imprimez-le"
        " depuis l’un d’eux en PDF ordinaire"
    ),
    "file.rights": "verrouillé (gestion des droits numériques)",
    "file.encrypted-mail": "le courriel est chiffré ; seuls ses en-têtes ont été lus",
    "file.binary": "données binaires, pas du texte",
    "file.renamed-office": "un fichier Office d’un ancien format, nommé comme un fichier d’un format plus récent",
    "file.not-image": "pas une image PNG, JPEG ou TIFF",
    "file.not-mail": "pas un courriel (il n’a pas d’en-tête de courriel)",
    "file.unsupported-encoding": (
        "compressé avec {encoding}, qui ne peut pas être décompressé ; enregistrez la page elle-même"
    ),
    "file.converter-failed": "{program} n’a pas pu le lire",
    "file.converter-time": "{program} a pris plus de {seconds:g} s",
    # Files without text.
    "file.no-text": "le fichier ne contient pas de texte",
    "file.no-text-page": "la page web ne contient pas de texte",
    "file.no-text-mail": "le courriel ne contient pas de texte",
    "file.no-text-sheets": "les feuilles sont vides",
    "file.no-text-pages": "pas de texte sur {pages:,} {pages:one=page|other=pages}",
    "file.no-text-scanned": "pas de texte sur {pages:,} {pages:one=page|other=pages} ; paraît numérisé",
    "file.no-text-image": "une image ; lisible seulement par OCR",
    "file.no-documents": "le fichier zip ne contient pas de documents",
    "file.no-documents-archive": "l’archive ne contient pas de documents",
    "file.no-captures": "l’archive web ne contient pas de pages",
    # What in a web archive is no document.
    "file.left-out": "{count:,} {count:one=enregistrement écarté|other=enregistrements écartés} : {kinds}",
    "file.left-out-images": "{count:,} {count:one=image|other=images}",
    "file.left-out-media": "{count:,} {count:one=enregistrement sonore ou film|other=enregistrements sonores ou films}",
    "file.left-out-fonts": "{count:,} {count:one=police|other=polices}",
    "file.left-out-styles": "{count:,} {count:one=feuille de style|other=feuilles de style}",
    "file.left-out-scripts": "{count:,} {count:one=script|other=scripts}",
    "file.left-out-data": "{count:,} d’autres données",
    "file.left-out-redirects": "{count:,} {count:one=redirection|other=redirections}",
    "file.left-out-errors": "{count:,} {count:one=page d’erreur|other=pages d’erreur}",
    "file.left-out-repeated": "{count:,} {count:one=capture répétée|other=captures répétées}",
    # Caps: what was read until then is kept.
    "file.first-bytes": "seuls les {count:,} premiers octets ont été lus",
    "file.first-pages": "seules les {count:,} premières pages ont été lues",
    "file.first-characters": "seuls les {count:,} premiers caractères ont été lus",
    "file.first-page-characters": "seuls les {count:,} premiers caractères de la page {page} ont été lus",
    "file.first-documents": "seuls les {count:,} premiers documents qu’il contient ont été lus",
    "file.many-fields": "son formulaire a plus de {count:,} champs ; leurs valeurs n’ont donc pas été lues",
    "file.first-annotations": "seules les {count:,} premières annotations ont été lues",
    "file.giant-annotation": "une annotation de la page {page} est trop grande pour être lue",
    "file.first-drawings": "seuls les {count:,} premiers tampons et signatures de la page {page} ont été lus",
    "file.first-annotation-characters": (
        "seuls les {count:,} premiers caractères des annotations de la page {page} ont été lus"
    ),
    "file.mail-text-cut": "la fin du courriel manque",
    "file.first-mail-parts": "seules les {count:,} premières parties du courriel ont été lues",
    "file.too-deep": "les documents imbriqués à plus de {depth} fichiers de profondeur ne sont pas lus",
    "file.too-large": "dépasse {mib:,} Mio",
    "file.unpacks-too-far": "une fois décompressé, dépasse {ratio} fois sa taille compressée",
    "file.part-too-large": "{part} dépasse {mib} Mio",
    "file.part-unpacks-too-far": "{part}, une fois décompressé, dépasse {ratio} fois sa taille compressée",
    "file.package-too-large": "une fois décompressé, dépasse {mib} Mio",
    "file.too-many-members": "contient plus de {count:,} fichiers",
    "file.page-too-large": (
        "la page {page}, une fois décompressée, a plus de données qu’il n’est sûr d’en lire ; seules les pages"
        " précédentes ont été lues"
    ),
    "file.sheet-too-large": "la feuille « {sheet} » s’étend sur plus de {cells:,} cellules",
    "file.too-many-attributes": "une balise HTML a plus de {count:,} attributs",
    "file.nested-markup": "les éléments HTML sont imbriqués trop profondément",
    "file.nested-json": "les valeurs JSON sont imbriquées trop profondément ; le fichier a été lu comme du texte brut",
    "file.sheets-unformatted": "lu sans les formats des cellules : les dates apparaissent comme des nombres de jours",
    # The text was read, and something beside it took too long.
    "file.slow-properties": "ses propriétés n’ont pas pu être lues à temps",
    "file.slow-attachments": "ses pièces jointes n’ont pas pu être recensées à temps",
    "file.slow-annotations": "toutes ses annotations n’ont pas pu être lues à temps",
    "file.slow-title": "son titre n’a pas pu être cherché à temps",
    # Damage.
    "file.damaged": "fichier endommagé",
    "file.damaged-workbook": "fichier endommagé (son classeur ne peut pas être lu)",
    "file.damaged-zip": "fichier endommagé (pas un fichier zip complet)",
    "file.damaged-overlap": "fichier endommagé (les fichiers qu’il contient se chevauchent)",
    "file.damaged-member": "fichier endommagé (il ne peut pas être décompressé)",
    "file.damaged-part": "fichier endommagé ({part} ne peut pas être décompressé)",
    "file.broken-xml": "XML mal formé, ou imbriqué trop profondément ; le texte entre ses balises a été lu",
    "file.damaged-archive": "fichier endommagé (il ne peut pas être décompressé)",
    "file.rest-damaged": "fichier endommagé (seuls les documents avant la partie endommagée ont été lus)",
    "file.rest-damaged-content": "fichier endommagé (seul ce qui précède la partie endommagée a été lu)",
    "file.damaged-xml": "fichier endommagé ({part} n’est pas du XML bien formé)",
    "file.missing-part": "fichier endommagé ({part} manque)",
    "file.damaged-content": "fichier endommagé (content.xml n’a pas de corps)",
    "file.damaged-old-office": "fichier endommagé (pas un fichier Office binaire)",
    "file.damaged-rtf": "fichier endommagé (pas du RTF)",
    "file.damaged-book": "fichier endommagé (le livre n’a pas de document de paquet)",
    "file.damaged-chapters": "fichier endommagé (aucun chapitre ne peut être lu)",
    "file.lost-chapters": (
        "{lost:,} {lost:one=chapitre|other=chapitres} sur {chapters:,}"
        " {lost:one=n’a pas pu être lu|other=n’ont pas pu être lus}"
    ),
    "file.damaged-sheets": "fichier endommagé ({error})",
    "file.no-sheets": "fichier endommagé (il n’a pas de feuilles)",
    "file.lost-sheet": "la feuille « {sheet} » ne peut pas être lue",
    "file.no-markup": "pas de HTML trouvé",
    "file.no-markup-text": "pas de texte trouvé dans le HTML",
    "file.damaged-mail": "courriel endommagé",
    "file.damaged-mail-parts": "courriel endommagé (ses parties ne peuvent pas être distinguées)",
    "file.damaged-message": "fichier endommagé (pas un message Outlook complet)",
    "file.damaged-mailbox": "boîte aux lettres endommagée (elle ne commence pas par un message)",
    "file.damaged-image": "image endommagée (son en-tête s’arrête trop tôt)",
    "file.damaged-pdf": "PDF endommagé ({error})",
    "file.damaged-pdf-unopened": "PDF endommagé (il ne peut pas être ouvert)",
    "file.damaged-pdf-no-pages": "PDF endommagé (pas de pages)",
    "file.damaged-pdf-loop": "PDF endommagé (sa liste de pages se contient elle-même)",
    "file.damaged-pdf-attachment": "PDF endommagé (la pièce jointe ne peut pas être extraite)",
    "file.garbled": "le texte de {count:,} {count:one=page|other=pages} paraît brouillé ; l’OCR aiderait",
    "file.lost-pages": (
        "{count:,} {count:one=page endommagée n’a pas pu être lue|other=pages endommagées n’ont pas pu être lues}"
    ),
    "file.damaged-web-archive": "archive web endommagée ({detail})",
    "file.damaged-record": "archive web endommagée (l’enregistrement ne peut pas être décompressé)",
    "file.record-cut": "la fin d’un enregistrement manque",
    "file.record-too-long": "un enregistrement est plus long que ne le dit son en-tête",
    "file.no-record": "pas d’enregistrement au début",
    "file.lost-records": "ce qui suit l’enregistrement {records:,} ne peut pas être lu",
    "file.records-broken-off": "interrompu après {records:,} {records:one=enregistrement|other=enregistrements}",
    "file.lost-archive": "{archive} ne peut pas être décompressé",
    "file.embedded-gone": "n’est plus dans le fichier qui le contenait",
    "file.lock-file": (
        "un fichier de verrouillage d’un programme Office, sans texte ; il disparaît quand le document est fermé"
    ),
    "file.unsupported-compression": (
        "compressé par {method}, qui n’est pas lu ; décompressez-le et indexez les fichiers qu’il contient"
    ),
    "file.left-out-feeds": ("{count:,} {count:one=flux ou réponse|other=flux et réponses} en XML ou JSON"),
}

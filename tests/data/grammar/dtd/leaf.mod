<?xml version="1.0" encoding="UTF-8"?>
<!ENTITY % operations "(new | append | replace | delete)">
<!ELEMENT leaf (title, link-text?)>
<!ATTLIST leaf
  ID ID #REQUIRED
  operation %operations; #REQUIRED
  checksum CDATA #REQUIRED
  checksum-type CDATA #REQUIRED
  xlink:href CDATA #IMPLIED
  modified-file CDATA #IMPLIED
  version CDATA #IMPLIED>
<!ELEMENT title (#PCDATA)>
<!ELEMENT link-text (#PCDATA)>

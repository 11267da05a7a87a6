<?xml version="1.0"?>
<!-- Markup compatibility (ECMA-376 part 3): takes the fallback of alternatives, drops what may be ignored. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
  <xsl:template match="mc:AlternateContent">
    <xsl:apply-templates select="mc:Fallback/node()"/>
  </xsl:template>
  <xsl:template match="@mc:*"/>
  <xsl:template match="@*">
    <xsl:variable name="prefix" select="substring-before(name(), ':')"/>
    <xsl:if test="$prefix = '' or not(contains(concat(' ', /*/@mc:Ignorable, ' '), concat(' ', $prefix, ' ')))">
      <xsl:copy/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*">
    <xsl:variable name="prefix" select="substring-before(name(), ':')"/>
    <xsl:if test="$prefix = '' or not(contains(concat(' ', /*/@mc:Ignorable, ' '), concat(' ', $prefix, ' ')))">
      <xsl:copy>
        <xsl:apply-templates select="@*|node()"/>
      </xsl:copy>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
